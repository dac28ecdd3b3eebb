import { type Question, unrelatedError } from '../question';
import { sourceArn } from '../test-account';

const accepted = { behaviours: { wildcardSourceArn: 'accept' } } as const;

export const wildcardSourceArn: Question = {
  id: 'wildcard-source-arn',
  asks: 'Does Cognito take a `SourceArn` with `*` for its Region?',
  meanwhile:
    'AWS demands it for the default sender with an identity in an alternate Region, and the API model has a pattern that forbids it. It is sent; refused, all is undone and the error has the words of Cognito.',
  command:
    "aws cognito-idp update-user-pool --region ALTERNATE_REGION --user-pool-id POOL --email-configuration 'EmailSendingAccount=COGNITO_DEFAULT,SourceArn=arn:aws:ses:*:ACCOUNT:identity/IDENTITY'  # once policies in both Regions let the pool send",
  read: async ({ userPoolId, describe }) => {
    if (userPoolId === undefined) return { why: 'A pool that has one would show it: --user-pool-id.' };
    const { SourceArn } = (await describe(userPoolId)).EmailConfiguration ?? {};
    return SourceArn?.split(':')[3] === '*'
      ? { says: `Yes: ${userPoolId} has it.`, ...accepted }
      : { why: `${userPoolId} has none, which says nothing.` };
  },
  probe: async (account) => {
    const { withPool, withSendingPolicies, update, identities, region, from } = account;
    if (identities.length < 2)
      return { why: `${region} is no alternate Region: ask in one, such as --region eu-central-2.` };
    const unusable = await account.reasonUnusable();
    if (unusable !== undefined) return { why: unusable };
    return withPool((pool) =>
      withSendingPolicies(pool, async () => {
        const email = {
          EmailSendingAccount: 'COGNITO_DEFAULT',
          SourceArn: sourceArn(pool, account, { allRegions: true }),
        };
        const error = await update(pool.id, { EmailConfiguration: { ...email, ...(from && { From: from }) } });
        if (!error) return { says: 'Yes.', ...accepted };
        if (!/source ?arn/i.test(error.message)) return unrelatedError(error);
        return { says: `No (${error.name}: ${error.message}).`, behaviours: { wildcardSourceArn: 'refuse' } };
      }),
    );
  },
};

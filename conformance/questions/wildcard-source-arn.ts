import { type Question, unrelatedError } from '../question';
import { sourceArn } from '../test-account';

const accepted = { mode: { wildcardSourceArn: 'accept' } } as const;

export const wildcardSourceArn: Question = {
  id: 'wildcard-source-arn',
  asks: 'Does Cognito take a `SourceArn` with `*` for its Region?',
  meanwhile:
    'AWS demands it for the default sender with an identity in an alternate Region, and the API model has a pattern that forbids it. It is sent; refused, all is undone and the error has the words of Cognito.',
  command:
    "aws cognito-idp update-user-pool --region ALTERNATE_REGION --user-pool-id POOL --email-configuration 'EmailSendingAccount=COGNITO_DEFAULT,SourceArn=arn:aws:ses:*:ACCOUNT:identity/IDENTITY'  # once policies in both Regions let the pool send",
  look: async ({ userPoolId, describe }) => {
    if (userPoolId === undefined) return { why: 'A pool that has one would show it: --user-pool-id.' };
    const { SourceArn } = (await describe(userPoolId)).EmailConfiguration ?? {};
    return SourceArn?.split(':')[3] === '*'
      ? { says: `Yes: ${userPoolId} has it.`, ...accepted }
      : { why: `${userPoolId} has none, which says nothing.` };
  },
  tryOut: async (sandbox) => {
    const { withPool, withGrant, update, places, region, from } = sandbox;
    if (places.length < 2)
      return { why: `${region} is no alternate Region: ask in one, such as --region eu-central-2.` };
    const unusable = await sandbox.unusable();
    if (unusable !== undefined) return { why: unusable };
    return withPool((pool) =>
      withGrant(pool, async () => {
        const email = { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: sourceArn(pool, sandbox, true) };
        const refused = await update(pool.id, { EmailConfiguration: { ...email, ...(from && { From: from }) } });
        if (!refused) return { says: 'Yes.', ...accepted };
        if (!/source ?arn/i.test(refused.message)) return unrelatedError(refused);
        return { says: `No (${refused.name}: ${refused.message}).`, mode: { wildcardSourceArn: 'refuse' } };
      }),
    );
  },
};

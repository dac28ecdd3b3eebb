import { type Question, unrelatedError } from '../question';
import { sourceArn } from '../test-account';

const accepted = { behaviours: { defaultSenderFrom: 'accept' } } as const;

export const defaultSenderFrom: Question = {
  id: 'default-sender-from',
  asks: 'Does Cognito take `From` with `COGNITO_DEFAULT` where the identity is the address itself?',
  meanwhile: 'The type refuses such a declaration: without `From` the sender is that very address.',
  command:
    "aws cognito-idp update-user-pool --user-pool-id POOL --email-configuration 'EmailSendingAccount=COGNITO_DEFAULT,SourceArn=arn:aws:ses:SES_REGION:ACCOUNT:identity/ADDRESS,From=Name <ADDRESS>'  # once a policy on ADDRESS lets the pool send",
  read: async ({ userPoolId, describe }) => {
    if (userPoolId === undefined) return { why: 'A pool that sends like this would show it: --user-pool-id.' };
    const { EmailSendingAccount, From } = (await describe(userPoolId)).EmailConfiguration ?? {};
    return EmailSendingAccount === 'COGNITO_DEFAULT' && From !== undefined
      ? { says: `Yes: ${userPoolId} has it.`, ...accepted }
      : { why: `${userPoolId} does not send like this, which says nothing.` };
  },
  probe: async (account) => {
    const { withPool, withSendingPolicies, update, identity, from = `Conformance <${identity}>` } = account;
    const unusable = await account.reasonUnusable();
    if (unusable !== undefined) return { why: unusable };
    return withPool((pool) =>
      withSendingPolicies(pool, async () => {
        const email = { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: sourceArn(pool, account), From: from };
        const error = await update(pool.id, { EmailConfiguration: email });
        if (!error) return { says: 'Yes.', ...accepted };
        if (!error.message.includes('From')) return unrelatedError(error);
        return { says: `No (${error.name}: ${error.message}).`, behaviours: { defaultSenderFrom: 'refuse' } };
      }),
    );
  },
};

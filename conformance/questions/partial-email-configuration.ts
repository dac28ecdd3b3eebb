import { type Question, unrelatedError } from '../question';

export const partialEmailConfiguration: Question = {
  id: 'partial-email-configuration',
  asks: 'Does an `EmailConfiguration` replace the one before as a whole?',
  meanwhile:
    'What is no longer declared is left out of what is sent. The pool is looked at afterwards: a member that is still there is named, rather than left to show as drift.',
  command:
    'aws cognito-idp update-user-pool --user-pool-id POOL --email-configuration EmailSendingAccount=COGNITO_DEFAULT,ReplyToEmailAddress=a@example.com && aws cognito-idp update-user-pool --user-pool-id POOL --email-configuration EmailSendingAccount=COGNITO_DEFAULT && aws cognito-idp describe-user-pool --user-pool-id POOL --query UserPool.EmailConfiguration',
  probe: ({ withPool, update, describe }) =>
    withPool(async ({ id }) => {
      const bare = { EmailSendingAccount: 'COGNITO_DEFAULT' };
      const first = { ...bare, ReplyToEmailAddress: 'conformance@example.com' };
      const error =
        (await update(id, { EmailConfiguration: first })) ?? (await update(id, { EmailConfiguration: bare }));
      if (error) return unrelatedError(error);
      const { EmailConfiguration } = await describe(id);
      return EmailConfiguration?.ReplyToEmailAddress === undefined
        ? { says: 'Yes, as a whole.', behaviours: { partialEmailConfiguration: 'replace' } }
        : { says: 'No: a member that is left out stays.', behaviours: { partialEmailConfiguration: 'merge' } };
    }),
};

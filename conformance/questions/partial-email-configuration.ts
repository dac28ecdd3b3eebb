import { astray, type Question } from '../question';

export const partialEmailConfiguration: Question = {
  id: 'partial-email-configuration',
  asks: 'Does an `EmailConfiguration` replace the one before as a whole?',
  meanwhile:
    'The type takes it that it does: what is no longer declared is left out. Were it kept, Read would return it, and it would show as drift.',
  command:
    'aws cognito-idp update-user-pool --user-pool-id POOL --email-configuration EmailSendingAccount=COGNITO_DEFAULT,ReplyToEmailAddress=a@example.com && aws cognito-idp update-user-pool --user-pool-id POOL --email-configuration EmailSendingAccount=COGNITO_DEFAULT && aws cognito-idp describe-user-pool --user-pool-id POOL --query UserPool.EmailConfiguration',
  tryOut: ({ withPool, update, describe }) =>
    withPool(async ({ id }) => {
      const bare = { EmailSendingAccount: 'COGNITO_DEFAULT' };
      const first = { ...bare, ReplyToEmailAddress: 'conformance@example.com' };
      const refused =
        (await update(id, { EmailConfiguration: first })) ?? (await update(id, { EmailConfiguration: bare }));
      if (refused) return astray(refused);
      const { EmailConfiguration } = await describe(id);
      return {
        says:
          EmailConfiguration?.ReplyToEmailAddress === undefined
            ? 'Yes, as a whole.'
            : 'No: a member that is left out stays.',
      };
    }),
};

import { type Question, unrelatedError } from '../question';

const address = 'conformance@example.com';

export const omittedEmailConfiguration: Question = {
  id: 'omitted-email-configuration',
  asks: 'Is `EmailConfiguration` reset or kept where UpdateUserPool leaves it out?',
  meanwhile:
    'The type always sends it. AWS documents a reset; of most other members it has been measured that they stay, of this one nothing. The answer decides whether an update of the pool by its own stack wipes a setup; `Revision` puts it back.',
  command:
    'aws cognito-idp update-user-pool --user-pool-id POOL --email-configuration EmailSendingAccount=COGNITO_DEFAULT,ReplyToEmailAddress=a@example.com && aws cognito-idp update-user-pool --user-pool-id POOL && aws cognito-idp describe-user-pool --user-pool-id POOL --query UserPool.EmailConfiguration',
  probe: ({ withPool, update, describe }) =>
    withPool(async ({ id }) => {
      const email = { EmailSendingAccount: 'COGNITO_DEFAULT', ReplyToEmailAddress: address };
      const error = (await update(id, { EmailConfiguration: email })) ?? (await update(id, {}));
      if (error) return unrelatedError(error);
      const { EmailConfiguration } = await describe(id);
      return EmailConfiguration?.ReplyToEmailAddress === address
        ? { says: 'It is kept.', behaviours: { omittedEmailConfiguration: 'keep' } }
        : { says: 'It is reset.', behaviours: { omittedEmailConfiguration: 'reset' } };
    }),
};

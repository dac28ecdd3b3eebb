import { SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider';
import { awsErrorOf } from '../aws-error';
import { type Question, unrelatedError } from '../question';

export const mfaEcho: Question = {
  id: 'mfa-echo',
  asks: 'Does UpdateUserPool take `MfaConfiguration` back where a pool has MFA by authenticator app and no SMS?',
  meanwhile: 'It is sent back; where Cognito refuses it in the words that people report, it is left out, and stays.',
  command: 'aws cognito-idp update-user-pool --user-pool-id POOL_WITH_TOTP_ONLY --mfa-configuration OPTIONAL',
  probe: ({ withPool, cognito, update }) =>
    withPool(async ({ id }) => {
      const mfa = new SetUserPoolMfaConfigCommand({
        UserPoolId: id,
        MfaConfiguration: 'OPTIONAL',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      });
      const first = await awsErrorOf(cognito.send(mfa));
      if (first) return unrelatedError(first);
      const error = await update(id, { MfaConfiguration: 'OPTIONAL' });
      if (!error) return { says: 'Yes.' };
      if (!error.message.includes('MFA')) return unrelatedError(error);
      return { says: `No (${error.name}: ${error.message}).` };
    }),
};

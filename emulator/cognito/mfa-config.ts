import { cognitoException } from '../errors';
import type { JsonObject } from '../types';
import type { Pool } from './state';

const invalid = (message: string) => cognitoException('InvalidParameterException', message);

/** SetUserPoolMfaConfig: an omitted factor is removed, an omitted MfaConfiguration is OFF. */
export function setMfaConfig(pool: Pool, input: JsonObject): JsonObject {
  const { UserPoolId: _id, MfaConfiguration = 'OFF', EmailMfaConfiguration: emailMfa, ...mfaFactors } = input;
  if (!['OFF', 'ON', 'OPTIONAL'].includes(String(MfaConfiguration))) {
    throw invalid(`Value '${MfaConfiguration}' at 'mfaConfiguration' failed to satisfy constraint`);
  }
  const factors = [emailMfa, ...Object.values(mfaFactors)].filter((factor) => factor !== undefined);
  if (MfaConfiguration === 'OFF' && factors.length > 0) {
    throw invalid("Invalid MFA configuration given, can't turn off MFA and configure an MFA together");
  }
  if (emailMfa !== undefined) checkEmailMfa(pool);
  pool.members = { ...pool.members, MfaConfiguration };
  pool.mfaFactors = mfaFactors;
  if (emailMfa === undefined) delete pool.emailMfa;
  else pool.emailMfa = emailMfa as JsonObject;
  return {
    MfaConfiguration,
    ...mfaFactors,
    ...(emailMfa !== undefined && { EmailMfaConfiguration: emailMfa }),
  };
}

/** What e-mail MFA needs. Which exception comes first where both are missing is not on record. */
function checkEmailMfa({ members }: Pool): void {
  const { EmailConfiguration, AccountRecoverySetting } = members as Record<string, JsonObject | undefined>;
  if (EmailConfiguration?.['EmailSendingAccount'] !== 'DEVELOPER') {
    throw invalid(
      'Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT.',
    );
  }
  const mechanisms = (AccountRecoverySetting?.['RecoveryMechanisms'] ?? []) as readonly JsonObject[];
  if (mechanisms.every(({ Name }) => Name === 'verified_email')) {
    throw invalid(
      'Cannot set EmailMfaConfiguration when user pool AccountRecoverySetting is not set or contains only verified_email in RecoveryMechanisms.',
    );
  }
}

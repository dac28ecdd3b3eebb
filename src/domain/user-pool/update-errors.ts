import type { Declaration } from '../declaration/declaration';
import { isAddress } from '../declaration/identity';
import { HandlerError } from '../errors';

/** Texts of Cognito's refusals that are the e-mail's fault. */
const aboutEmail =
  /EmailConfiguration|Source ?A(RN|rn)|From email|Email arn|EmailSendingAccount|email sending|Amazon SES|SES region|ReplyTo|ConfigurationSet|EmailMfa/i;

/** Errors, and texts of errors, that are the trouble of the pool's own settings. The first text speaks of e-mail MFA as well. */
const ofThePool =
  /AccountRecoverySetting|SmsRole|\bSMS\b|snsRegion|phone_number|\bMFA\b|Tier|\bKMS\b|Lambda|UnusedAccountValidityDays|AutoVerifiedAttributes|SignInPolicy/;

/** Cognito has not seen a grant, or a verification, that SES has given: it may a little later. */
export function isPropagationDelay(failure: HandlerError): boolean {
  const { name, text } = failure.cause ?? { name: '', text: '' };
  return (
    name === 'InvalidEmailRoleAccessPolicyException' ||
    text.includes('Email address is not verified') ||
    // Not about the sandbox: Cognito has said so of fresh identities in accounts that are out of it.
    text.includes('is in Sandbox. Verify')
  );
}

/** What AWS refused, in the words of whoever declared the setup; failures of our own stay as they are. */
export function explainUpdateError(failure: HandlerError, declared: Declaration, poolRegion: string): HandlerError {
  if (!failure.cause) return failure;
  const { operation, name, text } = failure.cause;
  if (operation !== 'UpdateUserPool') {
    // NotFound is CloudFormation's word for a missing setup; here something that the setup needs has vanished.
    return failure.code === 'NotFound' ? new HandlerError('InvalidRequest', failure.message) : failure;
  }
  const pool = `user pool ${declared.userPoolId} in ${poolRegion}`;
  const said = (message: string, code: HandlerError['code'] = 'InvalidRequest') =>
    new HandlerError(code, `${message} (Cognito: ${name}: ${text})`, { cause: failure.cause });
  if (text.includes('Cannot configure From email address for default email configuration')) {
    const ways =
      declared.identity !== undefined && !isAddress(declared.identity)
        ? `verify ${declared.from} itself in SES and declare it as Identity without From, or declare EmailSendingAccount: DEVELOPER`
        : 'take From out, or declare EmailSendingAccount: DEVELOPER';
    return said(`Cognito does not take From with COGNITO_DEFAULT for ${pool}: ${ways}.`);
  }
  if (name === 'NotAuthorizedException' && text.includes('does not belong')) {
    return said(
      `The identity ${declared.identity} is not one of this account's for ${pool}: verify it in this account.`,
    );
  }
  if (name === 'ResourceNotFoundException') {
    return new HandlerError(
      'InvalidRequest',
      `User pool ${declared.userPoolId} in ${poolRegion} is gone: it was deleted meanwhile.`,
    );
  }
  if (failure.code !== 'InvalidRequest') return failure;
  if (isPropagationDelay(failure)) {
    return said(
      `Cognito does not see that it may send as ${declared.identity} for ${pool}, though SES has it verified and granted: it has not learnt of the verification yet, or not of the policy, so try again in some minutes.`,
      'NotStabilized',
    );
  }
  if (aboutEmail.test(text) && !text.includes('AccountRecoverySetting')) {
    return said(`Cognito refused the e-mail configuration of ${pool}: correct what it names.`);
  }
  if (ofThePool.test(`${name} ${text}`)) {
    return said(
      `Cognito would not take back the own settings of ${pool}, which is not about e-mail: fix them on the pool first.`,
    );
  }
  return said(`Cognito refused the update of ${pool} with a text that this type does not know: correct what it names.`);
}

import type { Declaration } from '../declaration/declaration';
import { isAddress } from '../declaration/identity';
import { HandlerError } from '../errors';
import { capitalize, describePool, type PoolName } from '../pool-ref';

/** Texts of Cognito's errors about the e-mail. */
const aboutEmail =
  /EmailConfiguration|Source ?A(RN|rn)|From email|Email arn|EmailSendingAccount|email sending|Amazon SES|SES region|ReplyTo|ConfigurationSet|EmailMfa/i;

/** Errors, and texts of errors, about the pool's own settings. That about AccountRecoverySetting names e-mail MFA, too. */
const aboutThePool =
  /AccountRecoverySetting|SmsRole|\bSMS\b|snsRegion|phone_number|\bMFA\b|Tier|\bKMS\b|Lambda|UnusedAccountValidityDays|AutoVerifiedAttributes|SignInPolicy/;

/** Does Cognito not see a policy, or a verification, that SES has? It may a little later. */
export function isPropagationDelay(error: HandlerError): boolean {
  const { name, text } = error.cause ?? { name: '', text: '' };
  return (
    name === 'InvalidEmailRoleAccessPolicyException' ||
    text.includes('Email address is not verified') ||
    // Not about the sandbox: Cognito has answered so for new identities in accounts that are out of it.
    text.includes('is in Sandbox. Verify')
  );
}

/**
 * An error of AWS's as one about what was declared: what to correct, with Cognito's own text. Errors that are not AWS's are
 * returned as they are.
 */
export function explainUpdateError(error: HandlerError, declared: Declaration, pool: PoolName): HandlerError {
  if (!error.cause) return error;
  const { operation, name, text } = error.cause;
  if (operation !== 'UpdateUserPool') {
    // For CloudFormation NotFound means that the setup is missing; here something that the setup needs is.
    return error.code === 'NotFound' ? new HandlerError('InvalidRequest', error.message) : error;
  }
  const named = describePool(pool);
  const explained = (message: string, code: HandlerError['code'] = 'InvalidRequest') =>
    new HandlerError(code, `${message} (Cognito: ${name}: ${text})`, { cause: error.cause });
  if (text.includes('Cannot configure From email address for default email configuration')) {
    const ways =
      declared.identity !== undefined && !isAddress(declared.identity)
        ? `verify ${declared.from} itself in SES and declare it as Identity without From, or declare EmailSendingAccount: DEVELOPER`
        : 'take From out, or declare EmailSendingAccount: DEVELOPER';
    return explained(`Cognito does not take From with COGNITO_DEFAULT for ${named}: ${ways}.`);
  }
  if (name === 'NotAuthorizedException' && text.includes('does not belong')) {
    return explained(
      `The identity ${declared.identity} is not one of this account's for ${named}: verify it in this account.`,
    );
  }
  if (name === 'ResourceNotFoundException') {
    return new HandlerError('InvalidRequest', `${capitalize(named)} is gone: it was deleted meanwhile.`);
  }
  if (name === 'UserImportInProgressException') {
    const message = `cognito-idp:UpdateUserPool on ${named} is not possible while users are imported into the pool (${name}: ${text}): try again when the import is done.`;
    return new HandlerError(error.code, message, { cause: error.cause });
  }
  if (error.code !== 'InvalidRequest') return error;
  if (isPropagationDelay(error)) {
    return explained(
      `Cognito does not see that it may send as ${declared.identity} for ${named}, though SES has it verified and granted: it has not learnt of the verification yet, or not of the policy, so try again in some minutes.`,
      'NotStabilized',
    );
  }
  if (aboutEmail.test(text) && !text.includes('AccountRecoverySetting')) {
    return explained(`Cognito refused the e-mail configuration of ${named}: correct what it names.`);
  }
  if (aboutThePool.test(`${name} ${text}`)) {
    return explained(
      `Cognito would not take back the own settings of ${named}, which is not about e-mail: fix them on the pool first.`,
    );
  }
  return explained(
    `Cognito refused the update of ${named} with a text that this type does not know: correct what it names.`,
  );
}

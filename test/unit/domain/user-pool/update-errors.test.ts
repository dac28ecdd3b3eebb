import type { Declaration } from '../../../../src/domain/declaration/declaration';
import { HandlerError } from '../../../../src/domain/errors';
import { explainUpdateError, isPropagationDelay } from '../../../../src/domain/user-pool/update-errors';

const declared: Declaration = {
  userPoolId: 'eu-west-1_A',
  emailSendingAccount: 'DEVELOPER',
  identity: 'example.com',
  from: 'a@example.com',
};
const pool = { id: 'eu-west-1_A', region: 'eu-west-1' };
const refused = (text: string, name = 'InvalidParameterException') =>
  new HandlerError('InvalidRequest', 'refused', { cause: { operation: 'UpdateUserPool', name, text } });
const explained = (text: string, name?: string) => explainUpdateError(refused(text, name), declared, pool).message;

test.each([
  ['Cognito is not allowed to use your email identity', 'InvalidEmailRoleAccessPolicyException'],
  ['Email address is not verified. The following identities failed the check in region EU-WEST-1: x', undefined],
  ['Amazon SES account is in Sandbox. Verify Send-to email address or Amazon SES Account', undefined],
])('a policy that Cognito does not see yet, with both causes: %s', (text, name) => {
  expect(isPropagationDelay(refused(text, name))).toBe(true);
  const failure = explainUpdateError(refused(text, name), declared, pool);
  expect(failure.code).toBe('NotStabilized');
  expect(failure.message).toMatch(
    /example\.com.*verified and granted: .*verification yet, or not of the policy.*try again/,
  );
  expect(failure.message).toContain(text);
});

test.each([
  [
    'Role does not have a trust relationship allowing Cognito to assume the role',
    'InvalidSmsRoleTrustRelationshipException',
  ],
  ['SMS configuration and Auto verification for phone_number are required when MFA is required/optional', undefined],
  [
    'The following features need to be disabled for the ESSENTIALS pricing tier configured: x',
    'FeatureUnavailableInTierException',
  ],
  ['The KMS key is disabled', undefined],
  [
    'Cannot set EmailMfaConfiguration when user pool AccountRecoverySetting is not set or contains only verified_email in RecoveryMechanisms.',
    undefined,
  ],
])('the own trouble of the pool is said to be that: %s', (text, name) => {
  expect(explained(text, name)).toMatch(/not about e-mail: fix them on the pool first/);
});

test.each([
  'Provided From email address is invalid',
  "1 validation error detected: Value 'x' at 'emailConfiguration.replyToEmailAddress' failed to satisfy constraint",
  'Invalid EmailConfiguration.SourceArn. Provided SourceArn must be in one of the following SES regions: eu-west-1',
  'Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT',
])('what is about the e-mail is said to be that: %s', (text) => {
  expect(explained(text)).toMatch(/^Cognito refused the e-mail configuration of user pool eu-west-1_A/);
});

test.each(["us-gov-west-1 is not one of ['us-gov-east-1']", 'No.', ''])(
  'of a text that nobody knows only that is said, and the text: %j',
  (text) => {
    expect(explained(text)).toBe(
      `Cognito refused the update of user pool eu-west-1_A in eu-west-1 with a text that this type does not know: correct what it names. (Cognito: InvalidParameterException: ${text})`,
    );
  },
);

const about = 'user pool eu-west-1_A in eu-west-1';
const inRegion = (failure: HandlerError, more: Partial<Declaration> = {}) =>
  explainUpdateError(failure, { ...declared, ...more }, pool);

test('an error of our own stays as it is, and is no propagation delay', () => {
  const own = new HandlerError('NotFound', 'Gone.');
  expect(inRegion(own)).toBe(own);
  expect(isPropagationDelay(own)).toBe(false);
});

describe('what another call was refused', () => {
  const other = (code: HandlerError['code']) =>
    new HandlerError(code, 'Said.', { cause: { operation: 'GetAccount', name: 'X', text: 'EmailConfiguration' } });
  test('is invalid where something that the setup needs has vanished', () =>
    expect(inRegion(other('NotFound'))).toEqual(new HandlerError('InvalidRequest', 'Said.')));
  test.each(['InvalidRequest', 'AccessDenied'] as const)('stays as it is: %s', (code) => {
    const failure = other(code);
    expect(inRegion(failure)).toBe(failure);
  });
});

test.each([
  [
    'a domain',
    {},
    'verify a@example.com itself in SES and declare it as Identity without From, or declare EmailSendingAccount: DEVELOPER',
  ],
  ['an address', { identity: 'a@example.com' }, 'take From out, or declare EmailSendingAccount: DEVELOPER'],
  ['no identity', { identity: undefined }, 'take From out, or declare EmailSendingAccount: DEVELOPER'],
])('a From that Cognito does not take with %s', (_name, more, ways) => {
  const text = 'Cannot configure From email address for default email configuration.';
  expect(inRegion(refused(text), more)).toMatchObject({
    code: 'InvalidRequest',
    message: `Cognito does not take From with COGNITO_DEFAULT for ${about}: ${ways}. (Cognito: InvalidParameterException: ${text})`,
    retryable: false,
    cause: { operation: 'UpdateUserPool', name: 'InvalidParameterException', text },
  });
});

test('an identity of another account', () => {
  const text = 'The identity does not belong to this account';
  const message = `The identity example.com is not one of this account's for ${about}: verify it in this account. (Cognito: NotAuthorizedException: ${text})`;
  expect(inRegion(refused(text, 'NotAuthorizedException'))).toMatchObject({ code: 'InvalidRequest', message });
  // Either the name or the text alone says something else.
  expect(explained('No.', 'NotAuthorizedException')).toContain('a text that this type does not know');
  expect(explained(text)).toContain('a text that this type does not know');
});

test('a pool that is gone by now', () => {
  expect(inRegion(refused('User pool eu-west-1_A does not exist.', 'ResourceNotFoundException'))).toEqual(
    new HandlerError('InvalidRequest', 'User pool eu-west-1_A in eu-west-1 is gone: it was deleted meanwhile.'),
  );
});

test.each(['Throttling', 'AccessDenied', 'ServiceInternalError'] as const)(
  'what does not come of the declaration stays: %s',
  (code) => {
    const text = 'Email address is not verified';
    const failure = new HandlerError(code, 'Said.', {
      retryable: true,
      cause: { operation: 'UpdateUserPool', name: 'X', text },
    });
    expect(inRegion(failure)).toBe(failure);
  },
);

test('the whole message about a propagation delay, the e-mail and the pool', () => {
  const said = (text: string) => explained(text).replace(` (Cognito: InvalidParameterException: ${text})`, '');
  expect(said('Email address is not verified')).toBe(
    `Cognito does not see that it may send as example.com for ${about}, though SES has it verified and granted: it has not learnt of the verification yet, or not of the policy, so try again in some minutes.`,
  );
  expect(said('Bad SourceArn')).toBe(`Cognito refused the e-mail configuration of ${about}: correct what it names.`);
  expect(said('Lambda is gone')).toBe(
    `Cognito would not take back the own settings of ${about}, which is not about e-mail: fix them on the pool first.`,
  );
});

test('an import of users, which ends by itself', () => {
  const cause = { operation: 'UpdateUserPool', name: 'UserImportInProgressException', text: 'An import is running' };
  const error = inRegion(new HandlerError('ResourceConflict', 'Said.', { cause }));
  expect(error.cause).toEqual(cause);
  expect([error.code, error.retryable, error.message]).toEqual([
    'ResourceConflict',
    false,
    `cognito-idp:UpdateUserPool on ${about} is not possible while users are imported into the pool (UserImportInProgressException: An import is running): try again when the import is done.`,
  ]);
});

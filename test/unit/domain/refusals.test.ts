import type { Declaration } from '../../../src/domain/declaration';
import { Failure } from '../../../src/domain/failure';
import { explainRefusal, isUnseenGrant } from '../../../src/domain/refusals';

const declared: Declaration = {
  userPoolId: 'eu-west-1_A',
  emailSendingAccount: 'DEVELOPER',
  identity: 'example.com',
  from: 'a@example.com',
};
const refused = (text: string, name = 'InvalidParameterException') =>
  new Failure('invalid', 'refused', false, { operation: 'UpdateUserPool', name, text });
const explained = (text: string, name?: string) => explainRefusal(refused(text, name), declared, 'eu-west-1').message;

test.each([
  ['Cognito is not allowed to use your email identity', 'InvalidEmailRoleAccessPolicyException'],
  ['Email address is not verified. The following identities failed the check in region EU-WEST-1: x', undefined],
  ['Amazon SES account is in Sandbox. Verify Send-to email address or Amazon SES Account', undefined],
])('a grant that Cognito has not seen yet, with both causes: %s', (text, name) => {
  expect(isUnseenGrant(refused(text, name))).toBe(true);
  const failure = explainRefusal(refused(text, name), declared, 'eu-west-1');
  expect(failure.kind).toBe('not-stabilized');
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

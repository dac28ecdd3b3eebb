import type { Behaviours } from '../../../emulator/behaviours';
import { type EmbeddedAws, startAws } from '../../../emulator/index';
import type { JsonObject } from '../../../emulator/types';
import { sendingPolicy, updateRaw } from '../clients';

let aws: EmbeddedAws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

const name = 'a@example.com';
const arn = (where: string) => `arn:aws:ses:${where}:111122223333:identity/${name}`;
const principals = { global: 'email.cognito-idp.amazonaws.com', uae: 'cognito-idp.me-central-1.amazonaws.com' };

/** A pool, and its identity verified in these Regions with a policy that trusts `principal`. */
function poolIn(region: string, sesRegions: readonly string[], principal: string | undefined): string {
  const id = aws.region(region).cognito.addPool();
  const poolArn = String(aws.region(region).cognito.describe(id)['Arn']);
  for (const where of sesRegions) {
    const identity = aws.region(where).ses.addIdentity(name);
    if (principal) identity.policies.set('sending', sendingPolicy(principal, arn(where), poolArn));
  }
  return id;
}
const configure = (region: string, id: string, EmailConfiguration: JsonObject) =>
  updateRaw(aws, region, id, { EmailConfiguration });
const byDefault = (SourceArn: string) => ({ EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn });

/** Each behaviour with an update that is accepted under its first value and refused under its second. */
const rows: readonly [keyof Behaviours, Partial<Behaviours>, Partial<Behaviours>, JsonObject, RegExp][] = [
  [
    'unknownMembers',
    { unknownMembers: 'accept' },
    { unknownMembers: 'refuse' },
    { New: 1 },
    /Unrecognized member: New$/,
  ],
  [
    'defaultSenderFrom',
    { defaultSenderFrom: 'accept' },
    { defaultSenderFrom: 'refuse' },
    { EmailConfiguration: { ...byDefault(arn('*')), From: name } },
    /^Cannot configure From email address for default email configuration$/,
  ],
  [
    'wildcardSourceArn',
    { wildcardSourceArn: 'accept' },
    { wildcardSourceArn: 'refuse' },
    { EmailConfiguration: byDefault(arn('*')) },
    /ArnType pattern/,
  ],
];
test.each(rows)('behaviour %s', async (_behaviour, accepting, refusing, input, message) => {
  const id = poolIn('me-central-1', ['eu-central-1', 'eu-west-2'], principals.uae);
  Object.assign(aws.behaviours, refusing);
  await expect(updateRaw(aws, 'me-central-1', id, input)).rejects.toThrow(message);
  Object.assign(aws.behaviours, accepting);
  await updateRaw(aws, 'me-central-1', id, input);
  expect(aws.region('me-central-1').cognito.describe(id)).toMatchObject(input);
});

test.each(['refuse', 'accept'] as const)('the default sender with e-mail MFA: %s', async (behaviour) => {
  aws.behaviours.defaultSenderWithEmailMfa = behaviour;
  const id = aws.region('eu-west-1').cognito.addPool();
  Object.assign(aws.region('eu-west-1').cognito.pools.get(id) ?? {}, { emailMfa: { Subject: 'code' } });
  const update = configure('eu-west-1', id, { EmailSendingAccount: 'COGNITO_DEFAULT' });
  if (behaviour === 'accept') await expect(update).resolves.toBeUndefined();
  else await expect(update).rejects.toThrow(/EmailMfaConfiguration/);
});

test('a policy counts only after policyVisibleAfterMs', async () => {
  aws.behaviours.policyVisibleAfterMs = 400;
  const id = poolIn('eu-west-1', ['eu-west-1'], principals.global);
  aws.region('eu-west-1').ses.identities.get(name)?.writtenAt.set('sending', Date.now());
  await expect(configure('eu-west-1', id, byDefault(arn('eu-west-1')))).rejects.toMatchObject({
    name: 'InvalidEmailRoleAccessPolicyException',
  });
  await new Promise((resolve) => setTimeout(resolve, 410));
  await configure('eu-west-1', id, byDefault(arn('eu-west-1')));
  expect(aws.region('eu-west-1').canSend(id)).toEqual({ sends: true, from: name });
});

test.each<[string, string, readonly string[], string | undefined, string, boolean]>([
  ['backward compatible', 'eu-west-1', ['us-east-1'], principals.global, 'us-east-1', true],
  [
    'backward compatible, regional principal',
    'eu-west-1',
    ['us-east-1'],
    'cognito-idp.eu-west-1.amazonaws.com',
    'us-east-1',
    false,
  ],
  ['in-Region', 'eu-west-3', ['eu-west-3'], principals.global, 'eu-west-3', true],
  ['in-Region without a policy', 'eu-west-3', ['eu-west-3'], undefined, 'eu-west-3', false],
  ['alternate', 'me-central-1', ['eu-central-1', 'eu-west-2'], principals.uae, '*', true],
  ['alternate, global principal', 'me-central-1', ['eu-central-1', 'eu-west-2'], principals.global, '*', false],
  ['unlisted, own Region', 'ap-east-2', ['ap-east-2'], principals.global, 'ap-east-2', true],
  [
    'unlisted, another Region',
    'ap-east-2',
    ['ap-northeast-2'],
    'cognito-idp.ap-east-2.amazonaws.com',
    'ap-northeast-2',
    true,
  ],
])('which principal the default sender needs: %s', async (_name, region, sesRegions, principal, where, accepted) => {
  const id = poolIn(region, sesRegions, principal);
  const update = configure(region, id, byDefault(arn(where)));
  if (accepted) await expect(update).resolves.toBeUndefined();
  else await expect(update).rejects.toMatchObject({ name: 'InvalidEmailRoleAccessPolicyException' });
  const from = accepted ? name : 'no-reply@verificationemail.com';
  expect(aws.region(region).canSend(id)).toEqual({ sends: true, from });
});

test('a policy on an unverified identity does not count', async () => {
  const id = poolIn('eu-west-1', ['eu-west-1'], principals.global);
  const update = () => configure('eu-west-1', id, byDefault(arn('eu-west-1')));
  await update();
  Object.assign(aws.region('eu-west-1').ses.identities.get(name) ?? {}, { verified: false });
  await expect(update()).rejects.toMatchObject({ name: 'InvalidEmailRoleAccessPolicyException' });
});

test('`*` needs the identity in both Regions', async () => {
  const id = poolIn('me-central-1', ['eu-central-1'], principals.uae);
  await expect(configure('me-central-1', id, byDefault(arn('*')))).rejects.toThrow(
    /^Cognito is not allowed to use your email identity$/,
  );
});

test.each<[string, JsonObject, string, RegExp]>([
  ['a set with the default sender', { ConfigurationSet: 'a' }, 'InvalidParameterException', /ConfigurationSet/],
  [
    'a malformed set',
    { EmailSendingAccount: 'DEVELOPER', SourceArn: arn('eu-west-1'), ConfigurationSet: 'a b' },
    'InvalidParameterException',
    /ConfigurationSet/,
  ],
  [
    'an ARN of another partition',
    { EmailSendingAccount: 'DEVELOPER', SourceArn: arn('eu-west-1').replace('aws', 'aws-cn') },
    'NotAuthorizedException',
    /^Email arn does not belong to your account$/,
  ],
  [
    'a line break in From',
    { EmailSendingAccount: 'DEVELOPER', SourceArn: arn('eu-west-1'), From: `A\r\nBcc: b <${name}>` },
    'InvalidParameterException',
    /^Provided From email address is invalid$/,
  ],
])('refused: %s', async (_name, email, error, message) => {
  const id = poolIn('eu-west-1', ['eu-west-1'], undefined);
  await expect(configure('eu-west-1', id, email)).rejects.toMatchObject({
    name: error,
    message: expect.stringMatching(message),
  });
});

test('templates are accepted under the default sender', async () => {
  const id = aws.region('eu-west-1').cognito.addPool();
  const VerificationMessageTemplate = { DefaultEmailOption: 'CONFIRM_WITH_CODE', EmailMessage: 'Code {####}' };
  await updateRaw(aws, 'eu-west-1', id, { VerificationMessageTemplate });
  expect(aws.region('eu-west-1').cognito.describe(id)).toMatchObject({ VerificationMessageTemplate });
});

describe('an identity that Cognito does not see as verified', () => {
  const developer = { EmailSendingAccount: 'DEVELOPER', SourceArn: arn('eu-west-1') };

  test.each([
    [
      'not-verified',
      /Email address is not verified\. The following identities failed the check in region EU-WEST-1: arn/,
    ],
    ['sandbox', /^Amazon SES account is in Sandbox\. Verify Send-to email address or Amazon SES Account$/],
  ] as const)('is refused with one of two messages: %s', async (error, message) => {
    aws.behaviours.unverifiedIdentityError = error;
    const id = poolIn('eu-west-1', [], undefined);
    aws.region('eu-west-1').ses.addIdentity(name, { verified: false });
    await expect(configure('eu-west-1', id, developer)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringMatching(message),
    });
  });

  test('verified a moment ago, it counts after verificationVisibleAfterMs', async () => {
    aws.behaviours.verificationVisibleAfterMs = 200;
    const id = poolIn('eu-west-1', ['eu-west-1'], undefined);
    await configure('eu-west-1', id, developer);
    const identity = aws.region('eu-west-1').ses.addIdentity(name, { verified: false });
    identity.verified = true;
    await expect(configure('eu-west-1', id, developer)).rejects.toThrow(/not verified/);
    await new Promise((resolve) => setTimeout(resolve, 210));
    await configure('eu-west-1', id, developer);
  });
});

describe('members of EmailConfiguration that are left out', () => {
  const domain = {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: arn('eu-west-1').replace('a@', ''),
    From: 'b@example.com',
  };
  const stored = (id: string) => aws.region('eu-west-1').cognito.describe(id)['EmailConfiguration'];
  const poolOfDomain = async () => {
    aws.region('eu-west-1').ses.addIdentity('example.com');
    const id = poolIn('eu-west-1', ['eu-west-1'], principals.global);
    await configure('eu-west-1', id, { ...domain, ReplyToEmailAddress: 'help@example.com' });
    return id;
  };

  test('are gone where the whole is replaced', async () => {
    const id = await poolOfDomain();
    await expect(configure('eu-west-1', id, { EmailSendingAccount: 'DEVELOPER' })).rejects.toThrow(/Source ARN/);
    await configure('eu-west-1', id, { ReplyToEmailAddress: 'new@example.com' });
    expect(stored(id)).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT', ReplyToEmailAddress: 'new@example.com' });
  });

  test('stay where it is merged, under either sender', async () => {
    const id = await poolOfDomain();
    aws.behaviours.partialEmailConfiguration = 'merge';
    await configure('eu-west-1', id, { ReplyToEmailAddress: 'new@example.com' });
    expect(stored(id)).toEqual({ ...domain, ReplyToEmailAddress: 'new@example.com' });
    await configure('eu-west-1', id, { EmailSendingAccount: 'COGNITO_DEFAULT' });
    expect(stored(id)).toMatchObject({ EmailSendingAccount: 'COGNITO_DEFAULT', From: 'b@example.com' });
    await configure('eu-west-1', id, byDefault(arn('eu-west-1')));
    expect(stored(id)).toMatchObject({ ...byDefault(arn('eu-west-1')), From: 'b@example.com' });
  });

  test('what is sent is checked where it is merged, too', async () => {
    const id = await poolOfDomain();
    aws.behaviours.partialEmailConfiguration = 'merge';
    await expect(configure('eu-west-1', id, { From: 'b@example.net' })).rejects.toThrow(
      /From email address is invalid/,
    );
    await expect(
      configure('eu-west-1', id, { EmailSendingAccount: 'COGNITO_DEFAULT', From: 'b@example.com' }),
    ).rejects.toThrow(/default email/);
    await expect(configure('eu-west-1', id, { SourceArn: arn('us-west-2') })).rejects.toThrow(/US-WEST-2/);
  });
});

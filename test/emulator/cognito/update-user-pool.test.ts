import { UpdateUserPoolCommand, type UpdateUserPoolRequest } from '@aws-sdk/client-cognito-identity-provider';
import type { Pool } from '../../../emulator/cognito/state';
import { type EmbeddedAws, startAws } from '../../../emulator/index';
import type { JsonObject } from '../../../emulator/types';
import { clientsOf, updateRaw } from '../clients';

const region = 'eu-west-1';
let aws: EmbeddedAws;
beforeAll(async () => {
  aws = await startAws();
  aws.region(region).ses.addIdentity('a@example.com');
  aws.region(region).ses.addIdentity('example.com');
  aws.region(region).ses.addIdentity('pending@example.com', { verified: false });
});
afterAll(() => aws.close());

const pools = () => aws.region(region).cognito;
const cognito = () => clientsOf(aws, region).cognito;
const v2 = { LambdaArn: 'arn:b', LambdaVersion: 'V2_0' };
const fiftyOneTags = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`t${n}`, 'x']));
const identity = (name: string, where = region) => `arn:aws:ses:${where}:111122223333:identity/${name}`;
const developer = { EmailSendingAccount: 'DEVELOPER' };
const update = (input: JsonObject, id = pools().addPool()) =>
  cognito().send(new UpdateUserPoolCommand({ UserPoolId: id, ...input } as unknown as UpdateUserPoolRequest));

test.each<[string, JsonObject, string, RegExp]>([
  [
    'DEVELOPER without a SourceArn',
    { EmailConfiguration: developer },
    'InvalidParameterException',
    /Source ARN is required/,
  ],
  [
    'a Region that the pool may not use',
    { EmailConfiguration: { ...developer, SourceArn: identity('a@example.com', 'eu-west-3') } },
    'InvalidParameterException',
    /SES regions: eu-west-1, us-east-1, us-west-2\./,
  ],
  [
    'an identity that does not exist',
    { EmailConfiguration: { ...developer, SourceArn: identity('b@example.com') } },
    'InvalidParameterException',
    /not verified.*EU-WEST-1/,
  ],
  [
    'an identity that is not verified',
    { EmailConfiguration: { ...developer, SourceArn: identity('pending@example.com') } },
    'InvalidParameterException',
    /not verified/,
  ],
  [
    'an identity of another account',
    { EmailConfiguration: { ...developer, SourceArn: identity('a@example.com').replace('1111', '9999') } },
    'NotAuthorizedException',
    /does not belong/,
  ],
  [
    'a wildcard outside alternate Regions',
    { EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: identity('a@example.com', '*') } },
    'InvalidParameterException',
    /ArnType/,
  ],
  ...['a@example.com', 'b@example.com', 'pending@example.com'].map((name): [string, JsonObject, string, RegExp] => [
    `COGNITO_DEFAULT with ${name}, without a policy`,
    { EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: identity(name) } },
    'InvalidEmailRoleAccessPolicyException',
    /^Cognito is not allowed to use your email identity$/,
  ]),
  ...['a@example.com', 'example.com'].map((name): [string, JsonObject, string, RegExp] => [
    `COGNITO_DEFAULT with ${name} and From`,
    {
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: identity(name), From: 'a@example.com' },
    },
    'InvalidParameterException',
    /^Cannot configure From email address for default email configuration$/,
  ]),
  [
    'a malformed From',
    { EmailConfiguration: { ...developer, SourceArn: identity('example.com'), From: 'Acme @ home <a@example.com>' } },
    'InvalidParameterException',
    /From email address is invalid/,
  ],
  [
    'a From outside the identity',
    { EmailConfiguration: { ...developer, SourceArn: identity('example.com'), From: 'a@notexample.com' } },
    'InvalidParameterException',
    /From email address is invalid/,
  ],
  [
    'a domain without From',
    { EmailConfiguration: { ...developer, SourceArn: identity('example.com') } },
    'InvalidParameterException',
    /From email address is invalid/,
  ],
  [
    'both validities',
    {
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 1 } },
      AdminCreateUserConfig: { UnusedAccountValidityDays: 1 },
    },
    'InvalidParameterException',
    /instead of UnusedAccountValidityDays/,
  ],
  [
    'attributes that are not auto-verified',
    { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] } },
    'InvalidParameterException',
    /must exist in AutoVerifiedAttributes/,
  ],
  [
    'phone numbers without SMS',
    { AutoVerifiedAttributes: ['phone_number'] },
    'InvalidParameterException',
    /SMS configuration is required/,
  ],
  ['MFA turned on', { MfaConfiguration: 'ON' }, 'InvalidParameterException', /Cannot turn MFA functionality ON/],
  [
    'threat protection below its tier',
    { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
    'FeatureUnavailableInTierException',
    /Threat Protection/,
  ],
  ['empty add-ons', { UserPoolAddOns: {} }, 'InvalidParameterException', /AdvancedSecurityMode/],
  [
    'tags of AWS',
    { UserPoolTags: { 'aws:x': 'y' } },
    'InvalidParameterException',
    /^aws: prefixed tag key names are not allowed for external use$/,
  ],
  ['a pool that is not there', { UserPoolId: 'eu-west-1_Gone' }, 'ResourceNotFoundException', /does not exist/],
])('UpdateUserPool refuses %s', async (_name, input, name, message) => {
  await expect(update(input)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
});

describe('behaviours', () => {
  afterEach(() =>
    Object.assign(aws.behaviours, { tags: 'replace', omittedEmailConfiguration: 'reset', unknownMembers: 'accept' }),
  );

  test('tags replace or merge', async () => {
    const id = pools().addPool({ UserPoolTags: { a: '1' } });
    aws.behaviours.tags = 'merge';
    await update({ UserPoolTags: { b: '2' } }, id);
    expect(pools().describe(id)['UserPoolTags']).toEqual({ a: '1', b: '2' });
    aws.behaviours.tags = 'replace';
    await update({ UserPoolTags: { b: '2' } }, id);
    expect(pools().describe(id)['UserPoolTags']).toEqual({ b: '2' });
  });

  test('an omitted EmailConfiguration resets or stays', async () => {
    const EmailConfiguration = { ...developer, SourceArn: identity('a@example.com') };
    const id = pools().addPool({ EmailConfiguration });
    aws.behaviours.omittedEmailConfiguration = 'keep';
    await update({}, id);
    expect(pools().describe(id)['EmailConfiguration']).toEqual(EmailConfiguration);
    aws.behaviours.omittedEmailConfiguration = 'reset';
    await update({}, id);
    expect(pools().describe(id)['EmailConfiguration']).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
  });
});

test.each<[string, Partial<Pool>, JsonObject, string, RegExp]>([
  ['an import in progress', { importing: true }, {}, 'UserImportInProgressException', /import/],
  ['a null', {}, { DeviceConfiguration: null }, 'SerializationException', /DeviceConfiguration/],
  [
    'MFA without SMS, where the pool refuses it',
    { refusesMfaEcho: true },
    { MfaConfiguration: 'OPTIONAL' },
    'InvalidParameterException',
    /^SMS configuration and Auto verification for phone_number are required when MFA is required\/optional$/,
  ],
  [
    'a broken SMS role',
    { smsRoleBroken: true },
    { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/a' } },
    'InvalidSmsRoleTrustRelationshipException',
    /trust/,
  ],
  ['an empty SmsConfiguration', {}, { SmsConfiguration: {} }, 'InvalidParameterException', /SnsCallerArn/],
  [
    'two functions for one trigger',
    {},
    { LambdaConfig: { PreTokenGeneration: 'arn:a', PreTokenGenerationConfig: v2 } },
    'InvalidParameterException',
    /^Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's$/,
  ],
  [
    'a trigger of a higher tier',
    {},
    { UserPoolTier: 'LITE', LambdaConfig: { PreTokenGenerationConfig: v2 } },
    'FeatureUnavailableInTierException',
    /LITE pricing tier configured: Token Customization with Pre-Token Generation Lambda V2$/,
  ],
  [
    'a legacy message beside another template',
    {},
    { EmailVerificationMessage: 'a {####}', VerificationMessageTemplate: { EmailMessage: 'b {####}' } },
    'InvalidParameterException',
    /EmailVerificationMessage/,
  ],
  ['fifty-one tags', {}, { UserPoolTags: fiftyOneTags }, 'UserPoolTaggingException', /50/],
])('an update is refused for %s', async (_name, flags, input, name, message) => {
  const id = pools().addPool({ MfaConfiguration: 'OPTIONAL' });
  Object.assign(pools().pools.get(id) ?? {}, flags);
  const before = pools().describe(id);
  await expect(updateRaw(aws, region, id, input)).rejects.toMatchObject({
    name,
    message: expect.stringMatching(message),
  });
  expect(pools().describe(id)).toEqual(before);
});

test('every member that only DescribeUserPool returns is refused by name', async () => {
  const id = pools().addPool({ Domain: 'a', CustomDomain: 'b', AliasAttributes: ['email'] });
  const { UserPoolTags: _, ...all } = pools().describe(id);
  const refused: string[] = [];
  for (const member of Object.keys(all)) {
    await updateRaw(aws, region, id, { [member]: all[member] ?? '' }).catch((error: Error) => {
      if (error.message.endsWith(`: ${member}`)) refused.push(member);
    });
  }
  expect(refused.sort()).toEqual(
    `AliasAttributes Arn CreationDate CustomDomain Domain EstimatedNumberOfUsers Id LastModifiedDate Name
    SchemaAttributes Status UsernameConfiguration`.split(/\s+/),
  );
});

test('unknown members are kept where they are sent, nested ones too, and removed where they are omitted', async () => {
  const id = pools().addPool();
  const Policies = { PasswordPolicy: { MinimumLength: 12, ForbidWalks: 'YES' } };
  await updateRaw(aws, region, id, { PasskeyVault: { Mode: 'STRICT' }, Policies });
  expect(pools().describe(id)).toMatchObject({ PasskeyVault: { Mode: 'STRICT' }, Policies });
  await updateRaw(aws, region, id, {});
  expect(pools().describe(id)).not.toHaveProperty('PasskeyVault');
});

test('an update sets the name, the date and the default sender', async () => {
  const id = pools().addPool();
  const { LastModifiedDate: before } = pools().describe(id);
  await updateRaw(aws, region, id, { PoolName: 'new', EmailConfiguration: { ReplyToEmailAddress: 'a@example.com' } });
  const { Name, LastModifiedDate, EmailConfiguration } = pools().describe(id);
  expect(Name).toBe('new');
  expect(Number(LastModifiedDate)).toBeGreaterThan(Number(before));
  expect(EmailConfiguration).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT', ReplyToEmailAddress: 'a@example.com' });
});

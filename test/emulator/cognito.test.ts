import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
  UpdateUserPoolCommand,
  type UpdateUserPoolRequest,
} from '@aws-sdk/client-cognito-identity-provider';
import { type EmbeddedAws, startAws } from '../../emulator/index';
import type { JsonObject } from '../../emulator/types';

const region = 'eu-west-1';
let aws: EmbeddedAws;
let cognito: CognitoIdentityProviderClient;
const identity = (name: string, where = region) => `arn:aws:ses:${where}:111122223333:identity/${name}`;

beforeAll(async () => {
  aws = await startAws();
  cognito = client(region);
  aws.region(region).ses.addIdentity('a@example.com');
  aws.region(region).ses.addIdentity('example.com');
  aws.region(region).ses.addIdentity('pending@example.com', { verified: false });
});
afterAll(() => aws.close());

function client(where: string, credentials = aws.credentials()): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({ region: where, endpoint: aws.url, credentials, maxAttempts: 1 });
}

const pools = () => aws.region(region).cognito;
const update = (input: JsonObject, id = pools().addPool()) =>
  cognito.send(new UpdateUserPoolCommand({ UserPoolId: id, ...input } as unknown as UpdateUserPoolRequest));
const developer = { EmailSendingAccount: 'DEVELOPER' };

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
    `COGNITO_DEFAULT with ${name}, without a grant`,
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

describe('modes', () => {
  afterEach(() =>
    Object.assign(aws.modes, { tags: 'replace', omittedEmailConfiguration: 'reset', unknownMembers: 'accept' }),
  );

  test('tags replace or merge', async () => {
    const id = pools().addPool({ UserPoolTags: { a: '1' } });
    aws.modes.tags = 'merge';
    await update({ UserPoolTags: { b: '2' } }, id);
    expect(pools().describe(id)['UserPoolTags']).toEqual({ a: '1', b: '2' });
    aws.modes.tags = 'replace';
    await update({ UserPoolTags: { b: '2' } }, id);
    expect(pools().describe(id)['UserPoolTags']).toEqual({ b: '2' });
  });

  test('an omitted EmailConfiguration resets or stays', async () => {
    const EmailConfiguration = { ...developer, SourceArn: identity('a@example.com') };
    const id = pools().addPool({ EmailConfiguration });
    aws.modes.omittedEmailConfiguration = 'keep';
    await update({}, id);
    expect(pools().describe(id)['EmailConfiguration']).toEqual(EmailConfiguration);
    aws.modes.omittedEmailConfiguration = 'reset';
    await update({}, id);
    expect(pools().describe(id)['EmailConfiguration']).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
  });
});

test('Regions and accounts are separate worlds, and only known keys get in', async () => {
  const id = pools().addPool();
  const describe = new DescribeUserPoolCommand({ UserPoolId: id });
  await expect(cognito.send(describe)).resolves.toMatchObject({ UserPool: { Id: id } });
  await expect(client('eu-west-2').send(describe)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const other = client(region, aws.credentials('444455556666'));
  await expect(other.send(describe)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const stranger = client(region, { ...aws.credentials(), accessKeyId: 'ASIANOBODY' });
  await expect(stranger.send(describe)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
});

test('a body that is exchanged after signing is caught', async () => {
  const id = pools().addPool();
  const command = new DescribeUserPoolCommand({ UserPoolId: id });
  command.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { body: JSON.stringify({ UserPoolId: id.replace('Pool', 'Loop') }) });
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'exchange' },
  );
  await expect(cognito.send(command)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
});

test('ListUserPools goes by pages and takes only its own tokens', async () => {
  const there = client('af-south-1');
  for (let n = 0; n < 5; n += 1) aws.region('af-south-1').cognito.addPool();
  const first = await there.send(new ListUserPoolsCommand({ MaxResults: 3 }));
  const second = await there.send(new ListUserPoolsCommand({ MaxResults: 3, NextToken: first.NextToken }));
  expect([first.UserPools?.length, second.UserPools?.length, second.NextToken]).toEqual([3, 2, undefined]);
  const astray = new ListUserPoolsCommand({ MaxResults: 3, NextToken: 'astray' });
  await expect(there.send(astray)).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

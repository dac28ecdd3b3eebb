import {
  CreateUserPoolCommand,
  type CreateUserPoolRequest,
  DeleteUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Pool } from '../../emulator/cognito/state';
import { type EmbeddedAws, startAws } from '../../emulator/index';
import type { JsonObject } from '../../emulator/types';
import { clientsOf, updateRaw } from './clients';

const region = 'eu-west-1';
let aws: EmbeddedAws;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());

const pools = () => aws.region(region).cognito;
const cognito = () => clientsOf(aws, region).cognito;
const v2 = { LambdaArn: 'arn:b', LambdaVersion: 'V2_0' };
const fiftyOne = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`t${n}`, 'x']));

test.each<[string, Partial<Pool>, JsonObject, string, RegExp]>([
  ['an import in progress', { importing: true }, {}, 'UserImportInProgressException', /import/],
  ['a null', {}, { DeviceConfiguration: null }, 'SerializationException', /DeviceConfiguration/],
  [
    'MFA without SMS, where the pool minds',
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
  ['fifty-one tags', {}, { UserPoolTags: fiftyOne }, 'UserPoolTaggingException', /50/],
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

test('every member that only Describe has is refused by name', async () => {
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

test('unknown members are kept when sent, at the top and nested, and forgotten when not', async () => {
  const id = pools().addPool();
  const Policies = { PasswordPolicy: { MinimumLength: 12, ForbidWalks: 'YES' } };
  await updateRaw(aws, region, id, { PasskeyVault: { Mode: 'STRICT' }, Policies });
  expect(pools().describe(id)).toMatchObject({ PasskeyVault: { Mode: 'STRICT' }, Policies });
  await updateRaw(aws, region, id, {});
  expect(pools().describe(id)).not.toHaveProperty('PasskeyVault');
});

test('an update renames, bumps the date and fills in the default sender', async () => {
  const id = pools().addPool();
  const { LastModifiedDate: before } = pools().describe(id);
  await updateRaw(aws, region, id, { PoolName: 'new', EmailConfiguration: { ReplyToEmailAddress: 'a@example.com' } });
  const { Name, LastModifiedDate, EmailConfiguration } = pools().describe(id);
  expect(Name).toBe('new');
  expect(Number(LastModifiedDate)).toBeGreaterThan(Number(before));
  expect(EmailConfiguration).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT', ReplyToEmailAddress: 'a@example.com' });
});

test('pools are made and deleted, and an id is never given twice', async () => {
  const make = (input: Partial<CreateUserPoolRequest> = {}) =>
    cognito().send(new CreateUserPoolCommand({ PoolName: 'made', MfaConfiguration: 'ON', ...input }));
  const count = pools().pools.size;
  const first = (await make({ DeletionProtection: 'ACTIVE' })).UserPool?.Id ?? '';
  const second = (await make({ UserPoolTags: { a: 'b' } })).UserPool?.Id ?? '';
  expect(pools().describe(second)).toMatchObject({ Name: 'made', MfaConfiguration: 'ON', UserPoolTags: { a: 'b' } });
  await expect(make({ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } })).rejects.toThrow(/Source ARN/);
  expect(pools().pools.size).toBe(count + 2);
  const remove = (UserPoolId: string) => cognito().send(new DeleteUserPoolCommand({ UserPoolId }));
  await expect(remove(first)).rejects.toThrow(/deletion protection/);
  await remove(second);
  await expect(remove(second)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect([first, second]).not.toContain(pools().addPool());
});

test('tags are written and taken off by ARN, by the rules of an update', async () => {
  const id = pools().addPool({ UserPoolTags: { keep: '1' } });
  const ResourceArn = String(pools().describe(id)['Arn']);
  const tag = (Tags: Record<string, string>) => cognito().send(new TagResourceCommand({ ResourceArn, Tags }));
  await tag({ gone: '2' });
  await cognito().send(new UntagResourceCommand({ ResourceArn, TagKeys: ['gone'] }));
  await expect(tag({ 'aws:a': 'b' })).rejects.toThrow(/aws:/);
  await expect(tag(Object.fromEntries(Object.entries(fiftyOne).slice(1)))).rejects.toMatchObject({
    name: 'UserPoolTaggingException',
  });
  const { Tags } = await cognito().send(new ListTagsForResourceCommand({ ResourceArn }));
  expect(Tags).toEqual({ keep: '1' });
});

test('GetUserPoolMfaConfig tells the factors that a pool has', async () => {
  const id = pools().addPool({ MfaConfiguration: 'OPTIONAL' });
  const see = async () => {
    const { $metadata: _, ...answer } = await cognito().send(new GetUserPoolMfaConfigCommand({ UserPoolId: id }));
    return answer;
  };
  expect(await see()).toEqual({ MfaConfiguration: 'OPTIONAL' });
  const factors = { SoftwareTokenMfaConfiguration: { Enabled: true } };
  Object.assign(pools().pools.get(id) ?? {}, { emailMfa: { Message: '{####}' }, mfaFactors: factors });
  expect(await see()).toEqual({
    MfaConfiguration: 'OPTIONAL',
    EmailMfaConfiguration: { Message: '{####}' },
    ...factors,
  });
});

import {
  CreateUserPoolCommand,
  type CreateUserPoolRequest,
  DeleteUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListTagsForResourceCommand,
  ListUserPoolsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type EmbeddedAws, startAws } from '../../../emulator/index';
import { clientsOf } from '../clients';

const region = 'eu-west-1';
let aws: EmbeddedAws;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());

const pools = () => aws.region(region).cognito;
const cognito = () => clientsOf(aws, region).cognito;
const fiftyOneTags = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`t${n}`, 'x']));

test('pools are created and deleted, and no id is used twice', async () => {
  const create = (input: Partial<CreateUserPoolRequest> = {}) =>
    cognito().send(new CreateUserPoolCommand({ PoolName: 'created', MfaConfiguration: 'ON', ...input }));
  const count = pools().pools.size;
  const first = (await create({ DeletionProtection: 'ACTIVE' })).UserPool?.Id ?? '';
  const second = (await create({ UserPoolTags: { a: 'b' } })).UserPool?.Id ?? '';
  expect(pools().describe(second)).toMatchObject({ Name: 'created', MfaConfiguration: 'ON', UserPoolTags: { a: 'b' } });
  await expect(create({ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } })).rejects.toThrow(/Source ARN/);
  expect(pools().pools.size).toBe(count + 2);
  const remove = (UserPoolId: string) => cognito().send(new DeleteUserPoolCommand({ UserPoolId }));
  await expect(remove(first)).rejects.toThrow(/deletion protection/);
  await remove(second);
  await expect(remove(second)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect([first, second]).not.toContain(pools().addPool());
});

test('tags are written and removed by ARN, by the rules of an update', async () => {
  const id = pools().addPool({ UserPoolTags: { keep: '1' } });
  const ResourceArn = String(pools().describe(id)['Arn']);
  const tag = (Tags: Record<string, string>) => cognito().send(new TagResourceCommand({ ResourceArn, Tags }));
  await tag({ gone: '2' });
  await cognito().send(new UntagResourceCommand({ ResourceArn, TagKeys: ['gone'] }));
  await expect(tag({ 'aws:a': 'b' })).rejects.toThrow(/aws:/);
  await expect(tag(Object.fromEntries(Object.entries(fiftyOneTags).slice(1)))).rejects.toMatchObject({
    name: 'UserPoolTaggingException',
  });
  const { Tags } = await cognito().send(new ListTagsForResourceCommand({ ResourceArn }));
  expect(Tags).toEqual({ keep: '1' });
});

test('GetUserPoolMfaConfig returns the factors that a pool has', async () => {
  const id = pools().addPool({ MfaConfiguration: 'OPTIONAL' });
  const getConfig = async () => {
    const { $metadata: _, ...answer } = await cognito().send(new GetUserPoolMfaConfigCommand({ UserPoolId: id }));
    return answer;
  };
  expect(await getConfig()).toEqual({ MfaConfiguration: 'OPTIONAL' });
  const factors = { SoftwareTokenMfaConfiguration: { Enabled: true } };
  Object.assign(pools().pools.get(id) ?? {}, { emailMfa: { Message: '{####}' }, mfaFactors: factors });
  expect(await getConfig()).toEqual({
    MfaConfiguration: 'OPTIONAL',
    EmailMfaConfiguration: { Message: '{####}' },
    ...factors,
  });
});

test('ListUserPools returns pages and takes only its own tokens', async () => {
  const regional = clientsOf(aws, 'af-south-1').cognito;
  for (let n = 0; n < 5; n += 1) aws.region('af-south-1').cognito.addPool();
  const first = await regional.send(new ListUserPoolsCommand({ MaxResults: 3 }));
  const second = await regional.send(new ListUserPoolsCommand({ MaxResults: 3, NextToken: first.NextToken }));
  expect([first.UserPools?.length, second.UserPools?.length, second.NextToken]).toEqual([3, 2, undefined]);
  const unknownToken = new ListUserPoolsCommand({ MaxResults: 3, NextToken: 'unknown' });
  await expect(regional.send(unknownToken)).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

import {
  CreateConfigurationSetCommand,
  CreateEmailIdentityCommand,
  CreateEmailIdentityPolicyCommand,
  DeleteConfigurationSetCommand,
  DeleteEmailIdentityCommand,
  DeleteEmailIdentityPolicyCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  GetEmailIdentityPoliciesCommand,
  ListEmailIdentitiesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UpdateEmailIdentityPolicyCommand,
} from '@aws-sdk/client-sesv2';
import { type EmbeddedAws, startAws } from '../../emulator/index';
import { clientsOf, grant } from './clients';

const region = 'eu-west-1';
let aws: EmbeddedAws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());
const ses = () => clientsOf(aws, region).ses;
const arn = (resource: string) => `arn:aws:ses:${region}:111122223333:${resource}`;

test.each([
  ['a+b@example.com', 'EMAIL_ADDRESS', undefined],
  ['example.com', 'DOMAIN', 3],
])('%s is made unverified, once, and deleted', async (EmailIdentity, type, tokens) => {
  const make = () => ses().send(new CreateEmailIdentityCommand({ EmailIdentity, Tags: [{ Key: 'a', Value: 'b' }] }));
  await make();
  await expect(make()).rejects.toMatchObject({ name: 'AlreadyExistsException', $metadata: { httpStatusCode: 400 } });
  const see = () => ses().send(new GetEmailIdentityCommand({ EmailIdentity }));
  const seen = await see();
  expect(seen).toMatchObject({ IdentityType: type, VerifiedForSendingStatus: false, VerificationStatus: 'PENDING' });
  expect([seen.DkimAttributes?.Tokens?.length, seen.Tags]).toEqual([tokens, [{ Key: 'a', Value: 'b' }]]);
  await ses().send(new DeleteEmailIdentityCommand({ EmailIdentity }));
  await expect(see()).rejects.toMatchObject({ name: 'NotFoundException', $metadata: { httpStatusCode: 404 } });
});

test('an identity that nobody has verified takes a policy, changes it and gives it up', async () => {
  const identity = aws.region(region).ses.addIdentity('example.com', { verified: false });
  identity.verificationStatus = 'FAILED';
  const named = { EmailIdentity: 'example.com', PolicyName: 'a' };
  const of = (pool: string) => grant('email.cognito-idp.amazonaws.com', arn('identity/example.com'), pool);
  await ses().send(new CreateEmailIdentityPolicyCommand({ ...named, Policy: of('arn:aws:cognito-idp:::one') }));
  await ses().send(new UpdateEmailIdentityPolicyCommand({ ...named, Policy: of('arn:aws:cognito-idp:::two') }));
  const seen = await ses().send(new GetEmailIdentityCommand({ EmailIdentity: 'example.com' }));
  expect(seen.VerificationStatus).toBe('FAILED');
  const { Policies } = await ses().send(new GetEmailIdentityPoliciesCommand({ EmailIdentity: 'example.com' }));
  expect(Policies).toEqual({ a: of('arn:aws:cognito-idp:::two') });
  await ses().send(new DeleteEmailIdentityPolicyCommand(named));
  expect([...identity.policies]).toEqual([]);
});

test.each(['Version', 'Principal', 'Action', 'Resource'])('a policy without %s is refused', async (element) => {
  aws.region(region).ses.addIdentity('example.com');
  const policy = JSON.parse(grant('email.cognito-idp.amazonaws.com', arn('identity/example.com'), 'arn:aws:a:::'));
  delete (element === 'Version' ? policy : policy.Statement[0])[element];
  const input = { EmailIdentity: 'example.com', PolicyName: 'a', Policy: JSON.stringify(policy) };
  await expect(ses().send(new CreateEmailIdentityPolicyCommand(input))).rejects.toMatchObject({
    name: 'BadRequestException',
    message: expect.stringContaining(element),
  });
});

test('identities are listed by pages', async () => {
  for (const name of ['a.example', 'b.example', 'c.example']) aws.region(region).ses.addIdentity(name);
  const first = await ses().send(new ListEmailIdentitiesCommand({ PageSize: 2 }));
  const second = await ses().send(new ListEmailIdentitiesCommand({ PageSize: 2, NextToken: first.NextToken }));
  const names = [first, second].map((page) => page.EmailIdentities?.map(({ IdentityName }) => IdentityName));
  expect([names, second.NextToken]).toEqual([[['a.example', 'b.example'], ['c.example']], undefined]);
});

test('configuration sets exist once, in one Region, and carry tags', async () => {
  const make = new CreateConfigurationSetCommand({
    ConfigurationSetName: 's',
    SendingOptions: { SendingEnabled: false },
  });
  await ses().send(make);
  await expect(ses().send(make)).rejects.toMatchObject({ name: 'AlreadyExistsException' });
  const see = new GetConfigurationSetCommand({ ConfigurationSetName: 's' });
  expect((await ses().send(see)).SendingOptions).toEqual({ SendingEnabled: false });
  await expect(clientsOf(aws, 'us-east-1').ses.send(see)).rejects.toMatchObject({ name: 'NotFoundException' });
  const ResourceArn = arn('configuration-set/s');
  await ses().send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'a', Value: 'b' }] }));
  const { Tags } = await ses().send(new ListTagsForResourceCommand({ ResourceArn }));
  expect(Tags).toEqual([{ Key: 'a', Value: 'b' }]);
  const remove = new DeleteConfigurationSetCommand({ ConfigurationSetName: 's' });
  await ses().send(remove);
  await expect(ses().send(remove)).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('a resource carries fifty tags at most', async () => {
  aws.region(region).ses.addIdentity('example.com');
  const Tags = Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: 'v' }));
  const tag = new TagResourceCommand({ ResourceArn: arn('identity/example.com'), Tags });
  await expect(ses().send(tag)).rejects.toMatchObject({ name: 'BadRequestException' });
});

test('GetAccount tells the state of its Region alone', async () => {
  Object.assign(aws.region(region).ses.account, { productionAccess: false, enforcementStatus: 'PROBATION' });
  const see = (where: string) => clientsOf(aws, where).ses.send(new GetAccountCommand({}));
  expect(await see(region)).toMatchObject({ ProductionAccessEnabled: false, EnforcementStatus: 'PROBATION' });
  expect(await see('us-east-1')).toMatchObject({ ProductionAccessEnabled: true, EnforcementStatus: 'HEALTHY' });
});

import {
  CreateEmailIdentityPolicyCommand,
  DeleteEmailIdentityPolicyCommand,
  GetAccountCommand,
  GetEmailIdentityCommand,
  GetEmailIdentityPoliciesCommand,
  SESv2Client,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEmailIdentityPolicyCommand,
} from '@aws-sdk/client-sesv2';
import { type EmbeddedAws, startAws } from '../../../emulator/index';
import { clientsOf, sendingPolicy } from '../clients';

const region = 'eu-west-1';
const arn = `arn:aws:ses:${region}:111122223333:identity/example.com`;
let aws: EmbeddedAws;
let ses: SESv2Client;

beforeAll(async () => {
  aws = await startAws();
  ses = new SESv2Client({ region, endpoint: aws.url, credentials: aws.credentials(), maxAttempts: 1 });
});
beforeEach(() => aws.region(region).ses.addIdentity('example.com'));
afterAll(() => aws.close());

const policy = (statement: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: ['email.cognito-idp.amazonaws.com'] },
        Action: 'ses:SendEmail',
        Resource: arn,
        ...statement,
      },
    ],
  });
const policyInput = (PolicyName: string, Policy = policy(), EmailIdentity = 'example.com') => ({
  EmailIdentity,
  PolicyName,
  Policy,
});
const create = (input: ReturnType<typeof policyInput>) => ses.send(new CreateEmailIdentityPolicyCommand(input));
const getIdentity = () => ses.send(new GetEmailIdentityCommand({ EmailIdentity: 'example.com' }));

const badName =
  /^PolicyName is invalid\. Policy names must only include alpha-numeric characters, dashes, and underscores\.$/;
test.each([
  ['a name with a dot', policyInput('a.b'), 'BadRequestException', badName],
  ['a name of 65 characters', policyInput('a'.repeat(65)), 'BadRequestException', badName],
  ['what is not JSON', policyInput('a', '{'), 'BadRequestException', /JSON/],
  ['more than 4 KB', policyInput('a', policy({ Sid: 'x'.repeat(4096) })), 'BadRequestException', /too long/],
  [
    'any resource',
    policyInput('a', policy({ Resource: '*' })),
    'BadRequestException',
    /^Invalid ARN: ARNs must start with 'arn:': \*$/,
  ],
  ['another resource', policyInput('a', policy({ Resource: `${arn}.uk` })), 'BadRequestException', /Resource must be/],
  [
    'a condition key in capitals',
    policyInput('a', policy({ Condition: { StringEquals: { 'AWS:SourceAccount': '1' } } })),
    'BadRequestException',
    /^InvalidPolicy: Unknown or unapplicable condition field 'AWS:SourceAccount'\.$/,
  ],
  [
    'a principal that is no service',
    policyInput('a', policy({ Principal: { Service: ['cognito'] } })),
    'BadRequestException',
    /invalid principal/,
  ],
  ['a missing identity', policyInput('a', policy(), 'other.example'), 'NotFoundException', /does not exist/],
])('CreateEmailIdentityPolicy refuses %s', async (_name, input, name, message) => {
  await expect(create(input)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
});

test('policies are stored compacted, each name once, and at most twenty', async () => {
  await create(policyInput('a', JSON.stringify(JSON.parse(policy()), undefined, 2)));
  expect((await getIdentity()).Policies).toEqual({ a: policy() });
  await expect(create(policyInput('a'))).rejects.toMatchObject({
    name: 'AlreadyExistsException',
    message: 'Policy <a> already exists',
  });
  for (let n = 1; n < 20; n += 1) await create(policyInput(`n${n}`));
  await expect(create(policyInput('last'))).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Number of policies for <example.com> exceeds max allowed number of policies per resource',
  });
});

test.each(['succeed', 'not-found'] as const)('update and delete of an absent policy: %s', async (behaviour) => {
  aws.behaviours.absentPolicy = behaviour;
  const attempts = [
    () => ses.send(new UpdateEmailIdentityPolicyCommand(policyInput('absent'))),
    () => ses.send(new DeleteEmailIdentityPolicyCommand(policyInput('absent'))),
  ];
  for (const attempt of attempts) {
    if (behaviour === 'succeed') await expect(attempt()).resolves.toBeDefined();
    else
      await expect(attempt()).rejects.toMatchObject({
        name: 'NotFoundException',
        message: 'Policy <absent> does not exist',
      });
  }
  expect((await getIdentity()).Policies).toEqual({});
});

test('tags are written and removed', async () => {
  await ses.send(new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: 'EmailSetup/a/b', Value: 'v1' }] }));
  expect((await getIdentity()).Tags).toEqual([{ Key: 'EmailSetup/a/b', Value: 'v1' }]);
  await ses.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: ['EmailSetup/a/b'] }));
  expect((await getIdentity()).Tags).toEqual([]);
});

test('policies of an unverified identity are created, updated and deleted', async () => {
  const identity = aws.region(region).ses.addIdentity('example.com', { verified: false });
  identity.verificationStatus = 'FAILED';
  const policyName = { EmailIdentity: 'example.com', PolicyName: 'a' };
  const policyFor = (pool: string) => sendingPolicy('email.cognito-idp.amazonaws.com', arn, pool);
  await ses.send(
    new CreateEmailIdentityPolicyCommand({ ...policyName, Policy: policyFor('arn:aws:cognito-idp:::one') }),
  );
  await ses.send(
    new UpdateEmailIdentityPolicyCommand({ ...policyName, Policy: policyFor('arn:aws:cognito-idp:::two') }),
  );
  const seen = await ses.send(new GetEmailIdentityCommand({ EmailIdentity: 'example.com' }));
  expect(seen.VerificationStatus).toBe('FAILED');
  const { Policies } = await ses.send(new GetEmailIdentityPoliciesCommand({ EmailIdentity: 'example.com' }));
  expect(Policies).toEqual({ a: policyFor('arn:aws:cognito-idp:::two') });
  await ses.send(new DeleteEmailIdentityPolicyCommand(policyName));
  expect([...identity.policies]).toEqual([]);
});

test.each(['Version', 'Principal', 'Action', 'Resource'])('a policy without %s is refused', async (element) => {
  const policy = JSON.parse(sendingPolicy('email.cognito-idp.amazonaws.com', arn, 'arn:aws:a:::'));
  delete (element === 'Version' ? policy : policy.Statement[0])[element];
  const input = { EmailIdentity: 'example.com', PolicyName: 'a', Policy: JSON.stringify(policy) };
  await expect(ses.send(new CreateEmailIdentityPolicyCommand(input))).rejects.toMatchObject({
    name: 'BadRequestException',
    message: expect.stringContaining(element),
  });
});

test('a resource carries fifty tags at most', async () => {
  const Tags = Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: 'v' }));
  const tag = new TagResourceCommand({ ResourceArn: arn, Tags });
  await expect(ses.send(tag)).rejects.toMatchObject({ name: 'BadRequestException' });
});

test('GetAccount returns the state of one Region', async () => {
  Object.assign(aws.region(region).ses.account, { productionAccess: false, enforcementStatus: 'PROBATION' });
  const getAccount = (where: string) => clientsOf(aws, where).ses.send(new GetAccountCommand({}));
  expect(await getAccount(region)).toMatchObject({ ProductionAccessEnabled: false, EnforcementStatus: 'PROBATION' });
  expect(await getAccount('us-east-1')).toMatchObject({ ProductionAccessEnabled: true, EnforcementStatus: 'HEALTHY' });
});

import {
  CreateEmailIdentityPolicyCommand,
  DeleteEmailIdentityPolicyCommand,
  GetEmailIdentityCommand,
  SESv2Client,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEmailIdentityPolicyCommand,
} from '@aws-sdk/client-sesv2';
import { type EmbeddedAws, startAws } from '../../emulator/index';
import type { Fault } from '../../emulator/types';

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
const named = (PolicyName: string, Policy = policy(), EmailIdentity = 'example.com') => ({
  EmailIdentity,
  PolicyName,
  Policy,
});
const create = (input: ReturnType<typeof named>) => ses.send(new CreateEmailIdentityPolicyCommand(input));
const see = () => ses.send(new GetEmailIdentityCommand({ EmailIdentity: 'example.com' }));

const badName =
  /^PolicyName is invalid\. Policy names must only include alpha-numeric characters, dashes, and underscores\.$/;
test.each([
  ['a name with a dot', named('a.b'), 'BadRequestException', badName],
  ['a name of 65 characters', named('a'.repeat(65)), 'BadRequestException', badName],
  ['what is no JSON', named('a', '{'), 'BadRequestException', /JSON/],
  ['more than 4 KB', named('a', policy({ Sid: 'x'.repeat(4096) })), 'BadRequestException', /too long/],
  [
    'any resource',
    named('a', policy({ Resource: '*' })),
    'BadRequestException',
    /^Invalid ARN: ARNs must start with 'arn:': \*$/,
  ],
  ['another resource', named('a', policy({ Resource: `${arn}.uk` })), 'BadRequestException', /Resource must be/],
  [
    'a condition key in capitals',
    named('a', policy({ Condition: { StringEquals: { 'AWS:SourceAccount': '1' } } })),
    'BadRequestException',
    /^InvalidPolicy: Unknown or unapplicable condition field 'AWS:SourceAccount'\.$/,
  ],
  [
    'a principal that is no service',
    named('a', policy({ Principal: { Service: ['cognito'] } })),
    'BadRequestException',
    /invalid principal/,
  ],
  ['a missing identity', named('a', policy(), 'other.example'), 'NotFoundException', /does not exist/],
])('CreateEmailIdentityPolicy refuses %s', async (_name, input, name, message) => {
  await expect(create(input)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
});

test('policies are stored compacted, once each, and twenty at most', async () => {
  await create(named('a', JSON.stringify(JSON.parse(policy()), undefined, 2)));
  expect((await see()).Policies).toEqual({ a: policy() });
  await expect(create(named('a'))).rejects.toMatchObject({
    name: 'AlreadyExistsException',
    message: 'Policy <a> already exists',
  });
  for (let n = 1; n < 20; n += 1) await create(named(`n${n}`));
  await expect(create(named('last'))).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Number of policies for <example.com> exceeds max allowed number of policies per resource',
  });
});

test.each(['succeed', 'not-found'] as const)('update and delete of an absent policy: %s', async (mode) => {
  aws.modes.absentPolicy = mode;
  const attempts = [
    () => ses.send(new UpdateEmailIdentityPolicyCommand(named('absent'))),
    () => ses.send(new DeleteEmailIdentityPolicyCommand(named('absent'))),
  ];
  for (const attempt of attempts) {
    if (mode === 'succeed') await expect(attempt()).resolves.toBeDefined();
    else
      await expect(attempt()).rejects.toMatchObject({
        name: 'NotFoundException',
        message: 'Policy <absent> does not exist',
      });
  }
  expect((await see()).Policies).toEqual({});
});

test('tags come and go', async () => {
  await ses.send(new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: 'EmailSetup/a/b', Value: 'v1' }] }));
  expect((await see()).Tags).toEqual([{ Key: 'EmailSetup/a/b', Value: 'v1' }]);
  await ses.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: ['EmailSetup/a/b'] }));
  expect((await see()).Tags).toEqual([]);
});

describe('faults', () => {
  afterEach(() => {
    aws.intercept = undefined;
    aws.limits.ses = undefined;
  });

  test.each<[Fault, object]>([
    [
      { kind: 'error', status: 429, name: 'TooManyRequestsException', message: 'slow down' },
      { name: 'TooManyRequestsException' },
    ],
    [{ kind: 'reset' }, { message: expect.stringMatching(/hang up|ECONNRESET/) }],
    [{ kind: 'malformed', status: 503, contentType: 'text/html', body: '<html>' }, { name: 'SyntaxError' }],
  ])('%j has no effect', async (fault, error) => {
    aws.intercept = () => fault;
    await expect(create(named('a'))).rejects.toMatchObject(error);
    aws.intercept = undefined;
    expect((await see()).Policies).toEqual({});
  });

  test('a lost answer has its effect', async () => {
    aws.intercept = () => ({ kind: 'lost-answer' });
    await expect(create(named('a'))).rejects.toThrow(/hang up|ECONNRESET/);
    aws.intercept = undefined;
    expect((await see()).Policies).toHaveProperty('a');
  });

  test('a hanging call is never answered, a delayed one late', async () => {
    aws.intercept = () => ({ kind: 'hang' });
    const hanging = ses.send(new GetEmailIdentityCommand({ EmailIdentity: 'example.com' }), {
      abortSignal: AbortSignal.timeout(80),
    });
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
    aws.intercept = () => ({ kind: 'delay', ms: 60 });
    const started = performance.now();
    await see();
    expect(performance.now() - started).toBeGreaterThan(50);
  });

  test('one call a second is let through', async () => {
    aws.limits.ses = 1;
    await see();
    await expect(see()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });
});

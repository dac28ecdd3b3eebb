import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { questions } from '../../conformance/questions/index';
import type { Behaviours } from '../../emulator/behaviours';
import { type EmbeddedAws, startAws } from '../../emulator/index';

const root = join(__dirname, '..', '..');
const identity = 'sandbox@example.com';
let aws: EmbeddedAws;
beforeEach(async () => {
  aws = await startAws();
  for (const region of ['eu-west-1', 'eu-central-1', 'eu-west-2']) aws.region(region).ses.addIdentity(identity);
});
afterEach(() => aws.close());

/** Runs `npm run conformance` as it is run, against the embedded AWS. */
async function conformance(flags: readonly string[], environment: Record<string, string> = {}) {
  const { accessKeyId, secretAccessKey, sessionToken } = aws.credentials();
  const child = spawn(process.execPath, [require.resolve('tsx/cli'), join('conformance', 'start.ts'), ...flags], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      AWS_EC2_METADATA_DISABLED: 'true',
      NODE_NO_WARNINGS: '1',
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
      ...environment,
    },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}

const asking = (region: string) => ['--region', region, '--identity', identity];
/** The modes that a run has found, one object. */
const modesIn = (out: string): Partial<Behaviours> =>
  Object.assign({}, ...[...out.matchAll(/embedded AWS: (.*)$/gm)].map(([, json = '{}']) => JSON.parse(json)));
/** The output for one question. */
const answerTo = (id: string, out: string) => out.split(/\n\n/).find((part) => part.startsWith(`${id}:`)) ?? '';
const writes = () => aws.calls.filter(({ operation }) => !/^(Describe|Get|List)/.test(operation));
const nothingLeft = () => {
  for (const region of ['eu-west-1', 'eu-central-1', 'eu-west-2', 'me-central-1']) {
    const { cognito, ses } = aws.region(region);
    expect([...cognito.pools.values()].map(({ members }) => members['Name'])).not.toContain('email-setup-conformance');
    for (const { policies } of ses.identities.values()) expect([...policies]).toEqual([]);
  }
};

/** The modes that a run asks about: an identity would have to be verified anew for the rest, and SES has been asked. */
const asked = (): Partial<Behaviours> => {
  const { absentPolicy: _a, verificationVisibleAfterMs: _v, unverifiedIdentityError: _u, ...all } = aws.behaviours;
  return all;
};
const others: Partial<Behaviours> = {
  tags: 'merge',
  omittedEmailConfiguration: 'keep',
  unknownMembers: 'refuse',
  partialEmailConfiguration: 'merge',
  defaultSenderFrom: 'accept',
  defaultSenderWithEmailMfa: 'accept',
};

test.each<[string, Partial<Behaviours>]>([
  ['the usual ones', {}],
  ['the others', others],
])('the answers follow the behaviours: %s', async (_name, modes) => {
  Object.assign(aws.behaviours, modes);
  const { code, out } = await conformance([...asking('eu-west-1'), '--write']);
  const { wildcardSourceArn: _elsewhere, ...all } = asked();
  expect(modesIn(out)).toEqual(all);
  expect(answerTo('key-and-issuer-echo', out)).toContain('KeyConfiguration: yes; IssuerConfiguration: yes.');
  expect(answerTo('mfa-echo', out)).toContain('Yes.');
  expect(code).toBe(0);
  nothingLeft();
});

test.each(['accept', 'refuse'] as const)('in an alternate Region the wildcard is asked about: %s', async (mode) => {
  aws.behaviours.wildcardSourceArn = mode;
  const { out } = await conformance([...asking('me-central-1'), '--write']);
  expect(modesIn(out)).toEqual(asked());
  nothingLeft();
});

test('how long a policy takes to be seen is measured', async () => {
  // A Cognito that refuses From does so before it looks at the policy.
  Object.assign(aws.behaviours, { policyVisibleAfterMs: 700, defaultSenderFrom: 'accept' });
  const { out } = await conformance([...asking('eu-west-1'), '--write']);
  expect(modesIn(out).policyVisibleAfterMs).toBeGreaterThanOrEqual(700);
  // What depends on a policy has no answer yet, rather than a wrong one.
  expect(answerTo('default-sender-from', out)).toContain('InvalidEmailRoleAccessPolicyException');
});

test('a pool that refuses its own MFA is recognised', async () => {
  aws.afterCall = ({ operation }) => {
    const { pools } = aws.region('eu-west-1').cognito;
    if (operation === 'CreateUserPool') for (const pool of pools.values()) pool.refusesMfaEcho = true;
  };
  const { out } = await conformance([...asking('eu-west-1'), '--write']);
  expect(answerTo('mfa-echo', out)).toContain('No (InvalidParameterException: SMS configuration');
});

test('a pool that refuses the echo of its key is recognised', async () => {
  aws.afterCall = ({ operation }) => {
    const { pools } = aws.region('eu-west-1').cognito;
    if (operation !== 'CreateUserPool') return;
    for (const pool of pools.values()) pool.refusesEchoOf = ['KeyConfiguration'];
  };
  const { out } = await conformance([...asking('eu-west-1'), '--write']);
  expect(answerTo('key-and-issuer-echo', out)).toMatch(
    /KeyConfiguration: no \(InvalidParameterException: .*\); IssuerConfiguration: yes\./,
  );
});

describe('without --write', () => {
  const arn = (region: string) => `arn:aws:ses:${region}:111122223333:identity/${identity}`;
  const look = (UserPoolId: string, region: string) => conformance([...asking(region), '--user-pool-id', UserPoolId]);

  test('nothing is written, and what a pool shows is read off it', async () => {
    const { cognito } = aws.region('me-central-1');
    const id = cognito.addPool({
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: arn('*'), From: identity },
    });
    Object.assign(cognito.pools.get(id) ?? {}, { emailMfa: { Message: '{####}', Subject: 'Code' } });
    const { code, out } = await look(id, 'me-central-1');
    expect(modesIn(out)).toEqual({
      defaultSenderFrom: 'accept',
      wildcardSourceArn: 'accept',
      defaultSenderWithEmailMfa: 'accept',
    });
    expect(writes()).toEqual([]);
    expect(code).toBe(0);
  });

  test('a pool that shows nothing proves nothing', async () => {
    const { code, out } = await look(aws.region('eu-west-1').cognito.addPool(), 'eu-west-1');
    expect(modesIn(out)).toEqual({});
    for (const { id, probe } of questions) {
      const expected = probe ? 'It takes a write: --write.' : 'Ask by hand: ';
      expect(answerTo(id, out)).toContain(expected);
    }
    expect([aws.calls.length > 0, writes(), code]).toEqual([true, [], 0]);
  });
});

test('what could not be removed is reported with the command that removes it', async () => {
  aws.intercept = ({ operation }) =>
    operation === 'DeleteUserPool'
      ? { kind: 'error', status: 400, name: 'NotAuthorizedException', message: 'no' }
      : undefined;
  const { code, out } = await conformance([...asking('eu-west-1'), '--write']);
  expect(out).toMatch(/LEFT BEHIND: .*NotAuthorizedException.*aws cognito-idp delete-user-pool --region eu-west-1/);
  expect(out).toMatch(/LEFT BEHIND, by this run or another: (aws cognito-idp delete-user-pool [^;]+(; )?){9}/);
  expect(code).toBe(1);
});

test.each<[string, readonly string[], Record<string, string>, RegExp]>([
  [
    'credentials',
    asking('eu-west-1'),
    { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
    /^There are no AWS credentials here: [^\n]*\n$/,
  ],
  ['an identity', ['--region', 'eu-west-1'], {}, /^Name the Region/],
  ['a Region', ['--identity', identity], {}, /^Name the Region/],
  ['flags that there are', ['--wrong'], {}, /--wrong.*\nUse: npm run conformance/],
])('without %s it does not begin', async (_what, flags, environment, says) => {
  const { code, out, err } = await conformance(flags, environment);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(says);
  expect(aws.calls).toEqual([]);
});

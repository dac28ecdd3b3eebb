import { finalProgressEvent } from '../../emulator/cloudformation/run-handler';
import type { Caller } from '../../emulator/cloudformation/types';
import type { JsonObject } from '../../emulator/types';
import { expectFailure, setupProperties, startTestHarness, type TestHarness } from '../support/harness';

let harness: TestHarness;
beforeAll(async () => {
  // Invocations that end before the answers of SES are too old to be reused.
  harness = await startTestHarness({
    environment: { EMAILSETUP_DEADLINE_MS: '1000', EMAILSETUP_PATIENCE_MS: '30000' },
  });
});
afterAll(() => harness.close());

const account = '111122223333';
const arn = (ses: string) => `arn:aws:ses:${ses}:${account}:identity/example.com`;
const developer = { EmailSendingAccount: 'DEVELOPER', Identity: 'example.com', From: 'Shop <no-reply@example.com>' };
const standard = { EmailSendingAccount: 'COGNITO_DEFAULT', Identity: 'no-reply@example.net' };
const role = 'AWSServiceRoleForAmazonCognitoIdpEmailService';

/** A pool and the identities that it may send with; `ses` carry a policy of somebody else's. */
function fixture(region: string, ses: readonly string[], statement: JsonObject, name = 'Guard'): string {
  for (const one of new Set([region, 'eu-west-1', 'eu-central-1', 'eu-west-2'])) {
    for (const identity of ['example.com', 'no-reply@example.net', 'other.example']) {
      harness.regionState(one).ses.addIdentity(identity);
    }
  }
  for (const one of ses) put(one, 'example.com', statement, name);
  return harness.regionState(region).cognito.addPool();
}

function put(region: string, identity: string, statement: JsonObject, name = 'Guard'): void {
  const Statement = { Effect: 'Deny', Principal: '*', Action: 'ses:Send*', Resource: '*', ...statement };
  const seen = harness.regionState(region).ses.identities.get(identity);
  seen?.policies.set(name, JSON.stringify({ Version: '2012-10-17', Statement }));
}

/** Creates a setup that is refused, and sees that nothing was written. */
async function refusedCreate(region: string, poolId: string, declared: JsonObject): Promise<string> {
  const before = harness.regionState(region).cognito.describe(poolId);
  const from = harness.aws.calls.length;
  const create = { action: 'CREATE', properties: setupProperties(poolId, declared) } as const;
  const message = await expectFailure(harness, region, create, 'InvalidRequest');
  expect(harness.callsSince(from).filter((call) => /^(Update|Create|Delete|Tag|Untag)/.test(call))).toEqual([]);
  expect(harness.regionState(region).cognito.describe(poolId)).toEqual(before);
  return message;
}

test('a Deny for everybody, under the service-linked role', async () => {
  const pool = fixture('eu-west-1', ['eu-west-1'], {});
  expect(await refusedCreate('eu-west-1', pool, developer)).toBe(
    `Policy Guard on identity example.com in SES of eu-west-1 denies ses:SendEmail and ses:SendRawEmail to Cognito's role ${role} (whose requests have no aws:SourceAccount and no aws:SourceArn), so no e-mail would go out: remove the policy, or exempt Cognito from it.`,
  );
});

test("a Deny for the Region's principal, in the Region that DEVELOPER sends through", async () => {
  const Principal = { Service: ['cognito-idp.me-central-1.amazonaws.com'] };
  const pool = fixture('me-central-1', ['eu-central-1'], { Principal, Action: ['SES:SendRawEmail'] });
  expect(await refusedCreate('me-central-1', pool, developer)).toBe(
    'Policy Guard on identity example.com in SES of eu-central-1 denies ses:SendRawEmail to cognito-idp.me-central-1.amazonaws.com, so no e-mail would go out: remove the policy, or exempt Cognito from it.',
  );
});

test('a Deny in the second of two Regions, by the address that is sent from', async () => {
  const pool = fixture('me-central-1', [], {});
  const Condition = { StringLike: { 'ses:FromAddress': '*@example.net' } };
  put('eu-west-2', 'no-reply@example.net', { Condition });
  const message = await refusedCreate('me-central-1', pool, standard);
  expect(message).toMatch(/^Policy Guard on identity no-reply@example.net in SES of eu-west-2 denies /);
  expect(message).not.toContain('eu-central-1');
});

test('the address in From is the one that counts, without its name', async () => {
  const exact = { StringEquals: { 'ses:FromAddress': 'no-reply@example.com' } };
  const pool = fixture('eu-west-1', ['eu-west-1'], { Condition: exact });
  expect(await refusedCreate('eu-west-1', pool, developer)).toContain('Policy Guard');
  const properties = setupProperties(pool, { ...developer, From: 'Shop <shop@example.com>' });
  await harness.succeed('eu-west-1', { action: 'CREATE', properties });
});

test('each policy that denies is named, and what is wrong besides', async () => {
  const pool = fixture('eu-west-1', ['eu-west-1'], {});
  put('eu-west-1', 'example.com', { Principal: { AWS: account }, Resource: arn('eu-west-1') }, 'Second');
  const message = await refusedCreate('eu-west-1', pool, { ...developer, ConfigurationSet: 'gone' });
  expect(message).toMatch(/Policy Guard on .* Policy Second on .* ConfigurationSet gone/);
});

describe('what refuses nothing', () => {
  test.each<readonly [string, JsonObject, JsonObject]>([
    ['a Deny for another principal', { Principal: { Service: 'ses.amazonaws.com' } }, developer],
    ['a Deny of other actions', { Action: 'ses:SendBulkTemplatedEmail' }, developer],
    ['a Deny for other identities', { Resource: `${arn('eu-west-1')}.uk` }, developer],
    ['a condition that is not evaluated', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, developer],
    [
      'deny all but our account, for the service principal',
      { Condition: { StringNotEquals: { 'aws:SourceAccount': account } } },
      standard,
    ],
    [
      'all but Cognito',
      { Principal: undefined, NotPrincipal: { Service: 'email.cognito-idp.amazonaws.com' } } as never,
      standard,
    ],
  ])('%s', async (_name, statement, declared) => {
    const pool = fixture('eu-west-1', [], {});
    put('eu-west-1', declared['Identity'] as string, statement);
    await harness.succeed('eu-west-1', { action: 'CREATE', properties: setupProperties(pool, declared) });
    expect(harness.regionState('eu-west-1').canSend(pool)).toMatchObject({ sends: true });
  });
});

test('a Deny that was seen in an earlier invocation is not forgotten', async () => {
  const pool = fixture('me-central-1', ['eu-central-1'], {});
  const busy = { kind: 'error', status: 429, name: 'TooManyRequestsException', message: 'slow down' } as const;
  let rounds = 0;
  harness.aws.intercept = ({ operation }) => (rounds < 2 && operation === 'GetAccount' ? busy : undefined);
  const { invoke } = harness.caller('me-central-1');
  const counted: Caller = {
    ...harness.caller('me-central-1'),
    invoke: (payload) => {
      rounds += 1;
      return invoke(payload);
    },
  };
  const answer = await finalProgressEvent(counted, { action: 'CREATE', properties: setupProperties(pool, developer) });
  harness.aws.intercept = undefined;
  expect(rounds).toBeGreaterThan(1);
  expect([answer.errorCode, answer.message]).toEqual(['InvalidRequest', expect.stringContaining('Policy Guard')]);
});

test('a Deny that cannot be evaluated is logged, once', async () => {
  const pool = fixture('eu-west-1', ['eu-west-1'], { Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  const from = harness.handler.printed.length;
  await harness.succeed('eu-west-1', { action: 'CREATE', properties: setupProperties(pool, developer) });
  const lines = harness.handler.printed.slice(from).filter((line) => line.includes('Policy Guard on identity'));
  expect(lines).toEqual([expect.stringContaining('denies something in a form that is not evaluated here')]);
});

test('an Update is not refused for the identity that is live, and is for another', async () => {
  const pool = fixture('eu-west-1', [], {});
  const properties = setupProperties(pool, developer);
  await harness.succeed('eu-west-1', { action: 'CREATE', properties });
  for (const identity of ['example.com', 'other.example']) put('eu-west-1', identity, {});
  const same = { ...properties, Revision: '2', ReplyToEmailAddress: 'a@example.com' };
  await harness.succeed('eu-west-1', { action: 'UPDATE', properties: same, previous: properties });
  const other = { ...properties, Identity: 'other.example', From: 'a@other.example' };
  const update = { action: 'UPDATE', properties: other, previous: same } as const;
  expect(await expectFailure(harness, 'eu-west-1', update, 'InvalidRequest')).toMatch(
    /^Policy Guard on identity other.example /,
  );
});

import { randomUUID } from 'node:crypto';
import type { Operation, ProgressEvent } from '../../emulator/cloudformation/types';
import { parseSourceArn, sesRegionsOf } from '../../emulator/cognito/source-arn';
import type { Call, JsonObject } from '../../emulator/types';
import { runConcurrently } from '../support/concurrency';
import { difference } from '../support/findings';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { record } from '../support/reliability';
import { type Scenario, scenarios } from '../support/scenarios';
import type { SetupKind } from '../support/setup-kinds';
import type { FaultPlan } from '../support/test-account';
import type { TestCase } from '../support/test-case';

// Killing the process ends all operations in it: the cases run in batches. No case here waits for a timeout.
let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness(40_000);
});
afterAll(() => harness.close());
const atOnce = 20;

type Next = 'Read and the same request' | 'Delete' | 'the rollback';

interface Kill {
  readonly scenario: Scenario;
  /** The process is killed right after the effect of this call, counted from 0. */
  readonly after: number;
  readonly next: Next;
  readonly declared: string;
  /** Cognito refuses the update, so that the process is killed during the roll-back. */
  readonly rollingBack: boolean;
}

const refusedUpdate: FaultPlan = ({ operation }) =>
  operation === 'UpdateUserPool'
    ? { kind: 'error', status: 400, name: 'InvalidParameterException', message: 'Invalid SourceArn' }
    : undefined;

async function killsIn(scenario: Scenario, { rollingBack = false } = {}): Promise<readonly Kill[]> {
  const whole = await harness.prepare(scenario);
  await whole.run(whole.operation);
  const declared = whole.normalizedSnapshot();
  let effects = 0;
  if (rollingBack) {
    const refused = await harness.prepare(scenario);
    await refused.run(refused.operation, { faultPlan: refusedUpdate });
    effects = refused.calls().length;
  } else effects = whole.calls().length;
  const nexts: readonly Next[] = ['Read and the same request', 'Delete', 'the rollback'];
  return Array.from({ length: effects }, (_, after) => after).flatMap((after) =>
    nexts
      .filter((next) => next !== 'the rollback' || scenario.action === 'UPDATE')
      .map((next) => ({ scenario, after, next, declared, rollingBack })),
  );
}

test('after a kill at any call, the next operation converges', async () => {
  const writing = scenarios.filter(({ action }) => action !== 'READ' && action !== 'LIST');
  const establishing = writing.filter(({ action }) => action !== 'DELETE');
  const kills = [
    ...(await runConcurrently(writing, 8, (scenario) => killsIn(scenario))).flat(),
    ...(await runConcurrently(establishing, 8, (scenario) => killsIn(scenario, { rollingBack: true }))).flat(),
  ];
  const findings: (readonly string[] | undefined)[] = [];
  for (let from = 0; from < kills.length; from += atOnce) {
    findings.push(...(await killAndContinue(kills.slice(from, from + atOnce))));
  }
  const injected = findings.filter((found) => found !== undefined);
  expect(injected.flat()).toEqual([]);
  expect(injected.length).toBeGreaterThan(250);
  record(
    'deaths',
    injected.length,
    'the process killed after each call; then Read and the same request, Delete, or the rollback',
  );
}, 600_000);

/** A test case at the call after which its process is to be killed. */
interface PendingKill {
  readonly kill: Kill;
  readonly testCase: TestCase;
  readonly operation: Operation;
  /** Resolves with the call, once it has had its effect: its answer never comes, and later calls have no effect. */
  readonly reached: Promise<string>;
  /** How the operation ended: as an answer says, or by the death of its process. */
  readonly ending: Promise<string>;
}

async function begin(kill: Kill): Promise<PendingKill> {
  const { scenario, after, rollingBack } = kill;
  const testCase = await harness.prepare(scenario);
  const operation = { ...testCase.operation, token: randomUUID() };
  let reach: (call: string) => void = () => undefined;
  const reached = new Promise<string>((resolve) => {
    reach = resolve;
  });
  let effects = 0;
  const faultPlan: FaultPlan = (call, index) =>
    effects > after ? { kind: 'hang' } : rollingBack ? refusedUpdate(call, index) : undefined;
  const hold = ({ operation, region }: Call) => {
    effects += 1;
    if (effects <= after) return undefined;
    reach(`${operation}@${region}`);
    return new Promise(() => undefined);
  };
  const ending = testCase.run(operation, { faultPlan, afterCall: hold }).then(
    (answers) => answers.slice(-1)[0]?.status ?? '',
    (error: Error) => error.message,
  );
  return { kill, testCase, operation, reached, ending };
}

/** What is wrong after each kill and the next operation; undefined where the operation had ended before. */
async function killAndContinue(kills: readonly Kill[]): Promise<(readonly string[] | undefined)[]> {
  const pending = await Promise.all(kills.map(begin));
  const last = await Promise.all(pending.map(({ reached, ending }) => Promise.race([reached, ending.then(() => '')])));
  harness.handler.kill();
  return Promise.all(
    pending.map((one, index) => (last[index] === '' ? undefined : findingsAfterKill(one, last[index] ?? ''))),
  );
}

async function findingsAfterKill(
  { kill, testCase, operation, ending }: PendingKill,
  last: string,
): Promise<readonly string[]> {
  const { scenario, after, next, declared, rollingBack } = kill;
  const name = `${scenario.name}${rollingBack ? ', rolling back' : ''}, killed after call ${after} (${last}), then ${next}`;
  const named = (findings: readonly string[]) => findings.map((finding) => `${name}: ${finding}`);
  const end = await ending;
  if (!end.includes('process ended')) return named([`was not killed: ${end}`]);
  const findings = [
    ...(await nextOperations[next](testCase, operation, declared)),
    ...testCase.deliveryGaps.map((gap) => `mail cut: ${gap}`),
  ];
  return named(findings);
}

const nextOperations: Readonly<
  Record<Next, (testCase: TestCase, operation: Operation, declared: string) => Promise<string[]>>
> = {
  'Read and the same request': async (testCase, operation, declared) => {
    const before = testCase.snapshot();
    const answer = await final(testCase, { action: 'READ', properties: { UserPoolId: testCase.poolId } });
    const readable = answer.status === 'SUCCESS' || answer.errorCode === 'NotFound';
    const changed = testCase.snapshot() === before ? [] : [`Read changed ${difference(before, testCase.snapshot())}`];
    const unread = readable ? [] : [`Read: ${answer.errorCode} ${answer.message}`];
    return [...unread, ...changed, ...(await converges(testCase, operation, declared))];
  },
  Delete: async (testCase, { properties = {} }) => {
    // What neither the request's model nor the pool leads to may stay after a death: the docs say how to find it.
    const known = [...identitiesIn(testCase.scenario.to ?? testCase.scenario.from), ...identitiesInUse(testCase)];
    const answer = await final(testCase, { action: 'DELETE', properties });
    if (answer.status !== 'SUCCESS' && answer.errorCode !== 'NotFound') return [`Delete: ${answer.message}`];
    const { UserPoolTags } = testCase.regionState.cognito.describe(testCase.poolId);
    return [
      ...(JSON.stringify(UserPoolTags).includes('EmailSetup') ? ['the tag stays on the pool'] : []),
      ...testCase.attachments().filter((left) => known.some((place) => left.startsWith(`${place} `))),
    ];
  },
  'the rollback': async (testCase, { properties = {}, previous = {} }) => {
    const answer = await final(testCase, { action: 'UPDATE', properties: previous, previous: properties });
    if (answer.status !== 'SUCCESS') return [`the rollback: ${answer.errorCode} ${answer.message}`];
    const wanted = testCase.normalizedSnapshotBefore;
    return testCase.normalizedSnapshot() === wanted
      ? []
      : [`not as before: ${difference(wanted, testCase.normalizedSnapshot())}`];
  },
};

const identitiesIn = (kind: SetupKind | undefined) =>
  (kind?.regions ?? []).map((region) => `${region}/${kind?.identity}`);

/** The identities that the pool sends with now. */
function identitiesInUse({ regionState, poolId, scenario }: TestCase): readonly string[] {
  const { SourceArn } = regionState.cognito.describe(poolId)['EmailConfiguration'] as JsonObject;
  const parts = parseSourceArn(String(SourceArn));
  return parts ? sesRegionsOf(scenario.region, parts.region).map((region) => `${region}/${parts.identity}`) : [];
}

/** The same request with the same token ends as if nothing had happened. */
async function converges(testCase: TestCase, operation: Operation, declared: string): Promise<string[]> {
  const answer = await final(testCase, operation);
  const done = answer.status === 'SUCCESS' || (operation.action === 'DELETE' && answer.errorCode === 'NotFound');
  if (!done) return [`the same request: ${answer.errorCode} ${answer.message}`];
  return testCase.normalizedSnapshot() === declared
    ? []
    : [`not as declared: ${difference(declared, testCase.normalizedSnapshot())}`];
}

async function final(testCase: TestCase, operation: Operation): Promise<ProgressEvent> {
  return (await testCase.run(operation)).slice(-1)[0] as ProgressEvent;
}

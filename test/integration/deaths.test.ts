import { randomUUID } from 'node:crypto';
import type { HandlerAnswer, Operation } from '../../emulator/cloudformation/drive';
import { partsOf, regionsUsed } from '../../emulator/cognito/email-rules';
import type { Call, JsonObject } from '../../emulator/types';
import { together } from '../support/concurrency';
import { difference } from '../support/findings';
import type { Kind } from '../support/kinds';
import {
  type Case,
  type FaultPlan,
  type MultiAccountHarness,
  startMultiAccountHarness,
} from '../support/multi-account-harness';
import { record } from '../support/reliability';
import { type Scenario, scenarios } from '../support/scenarios';

// A death ends everything that its process does: the trials in it die together. Nobody here waits for a time-out.
let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness(40_000);
});
afterAll(() => arena.close());
const atOnce = 20;

type Next = 'Read and the same request' | 'Delete' | 'the rollback';

interface Death {
  readonly scenario: Scenario;
  /** The process is killed right after the effect of this call, counted from 0. */
  readonly after: number;
  readonly next: Next;
  readonly declared: string;
  /** Cognito refuses the switch, so that the death strikes while grants are being undone. */
  readonly undoing: boolean;
}

const refusedSwitch: FaultPlan = ({ operation }) =>
  operation === 'UpdateUserPool'
    ? { kind: 'error', status: 400, name: 'InvalidParameterException', message: 'Invalid SourceArn' }
    : undefined;

async function deathsIn(scenario: Scenario, undoing: boolean): Promise<readonly Death[]> {
  const whole = await arena.prepare(scenario);
  await whole.run(whole.operation);
  const declared = whole.normalizedSnapshot();
  let effects = 0;
  if (undoing) {
    const refused = await arena.prepare(scenario);
    await refused.run(refused.operation, refusedSwitch);
    effects = refused.calls().length;
  } else effects = whole.calls().length;
  const nexts: readonly Next[] = ['Read and the same request', 'Delete', 'the rollback'];
  return Array.from({ length: effects }, (_, after) => after).flatMap((after) =>
    nexts
      .filter((next) => next !== 'the rollback' || scenario.action === 'UPDATE')
      .map((next) => ({ scenario, after, next, declared, undoing })),
  );
}

test('killed after any call, the next move converges', async () => {
  const writing = scenarios.filter(({ action }) => action !== 'READ' && action !== 'LIST');
  const establishing = writing.filter(({ action }) => action !== 'DELETE');
  const deaths = [
    ...(await together(writing, 8, (scenario) => deathsIn(scenario, false))).flat(),
    ...(await together(establishing, 8, (scenario) => deathsIn(scenario, true))).flat(),
  ];
  const findings: (readonly string[] | undefined)[] = [];
  for (let from = 0; from < deaths.length; from += atOnce) {
    findings.push(...(await died(deaths.slice(from, from + atOnce))));
  }
  const struck = findings.filter((found) => found !== undefined);
  expect(struck.flat()).toEqual([]);
  expect(struck.length).toBeGreaterThan(250);
  record(
    'deaths',
    struck.length,
    'the process killed after each call; then Read and the same request, Delete, or the rollback',
  );
}, 600_000);

/** A trial at the call after which its process is to be killed. */
interface Dying {
  readonly death: Death;
  readonly trial: Case;
  readonly operation: Operation;
  /** Resolves with the call, once it has had its effect: its answer never comes, and later calls have no effect. */
  readonly reached: Promise<string>;
  /** How the operation ended: as an answer says, or by the death of its process. */
  readonly ending: Promise<string>;
}

async function begin(death: Death): Promise<Dying> {
  const { scenario, after, undoing } = death;
  const trial = await arena.prepare(scenario);
  const operation = { ...trial.operation, token: randomUUID() };
  let reach: (call: string) => void = () => undefined;
  const reached = new Promise<string>((resolve) => {
    reach = resolve;
  });
  let effects = 0;
  const fate: FaultPlan = (call, index) =>
    effects > after ? { kind: 'hang' } : undoing ? refusedSwitch(call, index) : undefined;
  const hold = ({ operation, region }: Call) => {
    effects += 1;
    if (effects <= after) return undefined;
    reach(`${operation}@${region}`);
    return new Promise(() => undefined);
  };
  const ending = trial.run(operation, fate, hold).then(
    (answers) => answers.slice(-1)[0]?.status ?? '',
    (error: Error) => error.message,
  );
  return { death, trial, operation, reached, ending };
}

/** What is wrong after each death and the next move; undefined where no call was left to die after. */
async function died(deaths: readonly Death[]): Promise<(readonly string[] | undefined)[]> {
  const dying = await Promise.all(deaths.map(begin));
  const last = await Promise.all(dying.map(({ reached, ending }) => Promise.race([reached, ending.then(() => '')])));
  arena.handler.kill();
  return Promise.all(dying.map((one, index) => (last[index] === '' ? undefined : judged(one, last[index] ?? ''))));
}

async function judged({ death, trial, operation, ending }: Dying, last: string): Promise<readonly string[]> {
  const { scenario, after, next, declared, undoing } = death;
  const name = `${scenario.name}${undoing ? ', undoing' : ''}, killed after call ${after} (${last}), then ${next}`;
  const said = (findings: readonly string[]) => findings.map((finding) => `${name}: ${finding}`);
  const end = await ending;
  if (!end.includes('process ended')) return said([`was not killed: ${end}`]);
  const findings = [
    ...(await moves[next](trial, operation, declared)),
    ...trial.deliveryGaps.map((cut) => `mail cut: ${cut}`),
  ];
  return said(findings);
}

const moves: Readonly<Record<Next, (trial: Case, operation: Operation, declared: string) => Promise<string[]>>> = {
  'Read and the same request': async (trial, operation, declared) => {
    const before = trial.snapshot();
    const answer = await final(trial, { action: 'READ', properties: { UserPoolId: trial.poolId } });
    const readable = answer.status === 'SUCCESS' || answer.errorCode === 'NotFound';
    const changed = trial.snapshot() === before ? [] : [`Read changed ${difference(before, trial.snapshot())}`];
    const unread = readable ? [] : [`Read: ${answer.errorCode} ${answer.message}`];
    return [...unread, ...changed, ...(await converges(trial, operation, declared))];
  },
  Delete: async (trial, { properties = {} }) => {
    // What neither the request's model nor the pool leads to may stay after a death: the docs say how to find it.
    const known = [...ledTo(trial.scenario.to ?? trial.scenario.from), ...livePlaces(trial)];
    const answer = await final(trial, { action: 'DELETE', properties });
    if (answer.status !== 'SUCCESS' && answer.errorCode !== 'NotFound') return [`Delete: ${answer.message}`];
    const { UserPoolTags } = trial.world.cognito.describe(trial.poolId);
    return [
      ...(JSON.stringify(UserPoolTags).includes('EmailSetup') ? ['the tag stays on the pool'] : []),
      ...trial.held().filter((left) => known.some((place) => left.startsWith(`${place} `))),
    ];
  },
  'the rollback': async (trial, { properties = {}, previous = {} }) => {
    const answer = await final(trial, { action: 'UPDATE', properties: previous, previous: properties });
    if (answer.status !== 'SUCCESS') return [`the rollback: ${answer.errorCode} ${answer.message}`];
    const wanted = trial.normalizedSnapshotBefore;
    return trial.normalizedSnapshot() === wanted
      ? []
      : [`not as before: ${difference(wanted, trial.normalizedSnapshot())}`];
  },
};

const ledTo = (kind: Kind | undefined) => (kind?.regions ?? []).map((region) => `${region}/${kind?.identity}`);

/** The identities that the pool sends with now. */
function livePlaces({ world, poolId, scenario }: Case): readonly string[] {
  const { SourceArn } = world.cognito.describe(poolId)['EmailConfiguration'] as JsonObject;
  const parts = partsOf(String(SourceArn));
  return parts ? regionsUsed(scenario.region, parts.region).map((region) => `${region}/${parts.identity}`) : [];
}

/** The same request with the same token ends as if nothing had happened. */
async function converges(trial: Case, operation: Operation, declared: string): Promise<string[]> {
  const answer = await final(trial, operation);
  const done = answer.status === 'SUCCESS' || (operation.action === 'DELETE' && answer.errorCode === 'NotFound');
  if (!done) return [`the same request: ${answer.errorCode} ${answer.message}`];
  return trial.normalizedSnapshot() === declared
    ? []
    : [`not as declared: ${difference(declared, trial.normalizedSnapshot())}`];
}

async function final(trial: Case, operation: Operation): Promise<HandlerAnswer> {
  return (await trial.run(operation)).slice(-1)[0] as HandlerAnswer;
}

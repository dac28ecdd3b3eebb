import { randomUUID } from 'node:crypto';
import type { HandlerAnswer, Operation } from '../../emulator/cloudformation/drive';
import { partsOf, regionsUsed } from '../../emulator/cognito/email-rules';
import type { Call, JsonObject } from '../../emulator/types';
import { type Arena, type Fate, openArena, type Trial, together } from '../support/arena';
import type { Kind } from '../support/kinds';
import { record } from '../support/record';
import { type Scenario, scenarios } from '../support/scenarios';
import { difference } from '../support/verdict';

// A death ends everything that its process does: each trial under way has an arena of its own.
const arenas: Arena[] = [];
beforeAll(async () => {
  for (let count = 0; count < 4; count += 1) arenas.push(await openArena());
});
afterAll(() => Promise.all(arenas.map((arena) => arena.close())));

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

const refusedSwitch: Fate = ({ operation }) =>
  operation === 'UpdateUserPool'
    ? { kind: 'error', status: 400, name: 'InvalidParameterException', message: 'Invalid SourceArn' }
    : undefined;

async function deathsIn(arena: Arena, scenario: Scenario, undoing: boolean): Promise<readonly Death[]> {
  const whole = await arena.prepare(scenario);
  await whole.run(whole.operation);
  const declared = whole.portrait();
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
  const [first] = arenas as [Arena];
  const deaths = [
    ...(await Promise.all(writing.map((scenario) => deathsIn(first, scenario, false)))).flat(),
    ...(await Promise.all(establishing.map((scenario) => deathsIn(first, scenario, true)))).flat(),
  ];
  const free = [...arenas];
  const findings = await together(deaths, arenas.length, async (death) => {
    const arena = free.pop() as Arena;
    try {
      return await died(arena, death);
    } finally {
      free.push(arena);
    }
  });
  const struck = findings.filter((found) => found !== undefined);
  expect(struck.flat()).toEqual([]);
  expect(struck.length).toBeGreaterThan(250);
  record(
    'deaths',
    struck.length,
    'the process killed after each call; then Read and the same request, Delete, or the rollback',
  );
}, 600_000);

/** What is wrong after a death and the next move; undefined where no call was left to die after. */
async function died(
  arena: Arena,
  { scenario, after, next, declared, undoing }: Death,
): Promise<readonly string[] | undefined> {
  const trial = await arena.prepare(scenario);
  const operation = { ...trial.operation, token: randomUUID() };
  let count = 0;
  let last = '';
  const kill = (call: Call) => {
    if (count === after) {
      last = `${call.operation}@${call.region}`;
      arena.handler.kill();
    }
    count += 1;
  };
  const ending = await trial.run(operation, undoing ? refusedSwitch : undefined, kill).then(
    (answers) => answers.slice(-1)[0]?.status,
    (error: Error) => error.message,
  );
  const name = `${scenario.name}${undoing ? ', undoing' : ''}, killed after call ${after} (${last}), then ${next}`;
  const said = (findings: readonly string[]) => findings.map((finding) => `${name}: ${finding}`);
  if (last === '') return undefined;
  if (!ending?.includes('process ended')) return said([`was not killed: ${ending}`]);
  const findings = [...(await moves[next](trial, operation, declared)), ...trial.cuts.map((cut) => `mail cut: ${cut}`)];
  return said(findings);
}

const moves: Readonly<Record<Next, (trial: Trial, operation: Operation, declared: string) => Promise<string[]>>> = {
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
    const wanted = trial.portraitBefore;
    return trial.portrait() === wanted ? [] : [`not as before: ${difference(wanted, trial.portrait())}`];
  },
};

const ledTo = (kind: Kind | undefined) => (kind?.regions ?? []).map((region) => `${region}/${kind?.identity}`);

/** The identities that the pool sends with now. */
function livePlaces({ world, poolId, scenario }: Trial): readonly string[] {
  const { SourceArn } = world.cognito.describe(poolId)['EmailConfiguration'] as JsonObject;
  const parts = partsOf(String(SourceArn));
  return parts ? regionsUsed(scenario.region, parts.region).map((region) => `${region}/${parts.identity}`) : [];
}

/** The same request with the same token ends as if nothing had happened. */
async function converges(trial: Trial, operation: Operation, declared: string): Promise<string[]> {
  const answer = await final(trial, operation);
  const done = answer.status === 'SUCCESS' || (operation.action === 'DELETE' && answer.errorCode === 'NotFound');
  if (!done) return [`the same request: ${answer.errorCode} ${answer.message}`];
  return trial.portrait() === declared ? [] : [`not as declared: ${difference(declared, trial.portrait())}`];
}

async function final(trial: Trial, operation: Operation): Promise<HandlerAnswer> {
  return (await trial.run(operation)).slice(-1)[0] as HandlerAnswer;
}

import type { HandlerAnswer, Operation } from '../../emulator/cloudformation/drive';
import type { Arena, Fate } from './arena';
import type { Command, Strike } from './commands';
import { faultKinds } from './faults';
import { change } from './foreign';
import { type Game, inspect, portraits, type Said, settingsOf } from './game';
import {
  creating,
  deleting,
  freshPool,
  kindsIn,
  listed,
  type PoolModel,
  reading,
  updating,
  type Verdict,
} from './model';

const regions = ['me-central-1', 'me-central-1', 'eu-west-2'];

/** Plays a sequence and answers everything that was not as the model says. */
export async function play(arena: Arena, sequence: readonly Command[]): Promise<readonly string[]> {
  const tenant = arena.tenant();
  const pools = regions.map((region) =>
    freshPool(
      region,
      tenant.world(region).cognito.addPool({ MfaConfiguration: 'OPTIONAL', PasskeyVault: { Mode: 'STRICT' } }),
    ),
  );
  const game: Game = { arena, tenant, pools, settings: [], findings: [] };
  pools.forEach((_, index) => {
    game.settings[index] = settingsOf(game, index);
  });
  for (const [step, command] of sequence.entries()) {
    const said = (finding: string) => game.findings.push(`step ${step}, ${JSON.stringify(command)}: ${finding}`);
    await stepOf(game, command, said);
    inspect(game, said);
    if (game.findings.length > 0) break;
  }
  return game.findings;
}

async function stepOf(game: Game, command: Command, said: Said): Promise<void> {
  const pool = game.pools[command.pool] as PoolModel;
  const kinds = kindsIn(pool.region);
  const { modes } = game.arena.aws;
  const named = { UserPoolId: pool.id };
  switch (command.do) {
    case 'change':
      change(game, command.pool, command.what);
      return;
    case 'list': {
      const answer = await disturbed(
        game,
        pool,
        { action: 'LIST' },
        command.strike,
        { code: 'ok', live: pool.live },
        said,
      );
      if (answer.status !== 'SUCCESS') return;
      const ids = (answer.resourceModels ?? []).map((model) => String(model['UserPoolId']));
      const wanted = listed(game.pools, pool.region);
      // What may not be described is left out.
      const isDenied = command.strike !== null && faultKinds[command.strike.kind]?.name === 'denied';
      const isWrong = isDenied ? ids.some((id) => !wanted.includes(id)) : String(ids) !== String(wanted);
      if (isWrong) said(`lists ${ids}, and not ${wanted}`);
      return;
    }
    case 'read': {
      const answer = await disturbed(
        game,
        pool,
        { action: 'READ', properties: named },
        command.strike,
        reading(pool),
        said,
      );
      if (answer.status === 'SUCCESS' && typeof pool.live === 'object') {
        for (const [name, value] of Object.entries(pool.live.properties)) {
          if (answer.resourceModel?.[name] !== value) said(`reads ${name} as ${answer.resourceModel?.[name]}`);
        }
      }
      return;
    }
    case 'create': {
      // CloudFormation does not create what a stack has; a wiped setup is its stack's to mend.
      if (pool.drift === 'wiped') return;
      const to = kinds[command.kind] as (typeof kinds)[number];
      const verdict = creating(pool, to, command.takeOver, modes);
      const properties = { ...named, ...to.properties, ...(command.takeOver && { TakeOver: true }) };
      const answer = await disturbed(game, pool, { action: 'CREATE', properties }, command.strike, verdict, said);
      if (answer.status === 'SUCCESS') settle(pool, to, to, command.strike);
      else if (answer.resourceModel) await finish(game, pool, { action: 'DELETE', properties }, undefined, said);
      return;
    }
    case 'update': {
      const to = kinds[command.kind] as (typeof kinds)[number];
      const verdict = updating(pool, to, modes);
      const properties = { ...named, ...to.properties };
      const previous = { ...named, ...(pool.stack ?? to).properties };
      const answer = await disturbed(
        game,
        pool,
        { action: 'UPDATE', properties, previous },
        command.strike,
        verdict,
        said,
      );
      if (answer.status === 'SUCCESS') settle(pool, to, to, command.strike);
      else if (answer.message?.includes('could not all be undone')) {
        const back: Operation = pool.stack
          ? { action: 'UPDATE', properties: previous, previous: properties }
          : { action: 'DELETE', properties };
        await finish(game, pool, back, pool.stack, said);
      }
      return;
    }
    case 'delete': {
      const properties = { ...named, ...pool.stack?.properties };
      const verdict = deleting(pool);
      const answer = await disturbed(game, pool, { action: 'DELETE', properties }, command.strike, verdict, said);
      if (answer.status === 'SUCCESS') settle(pool, undefined, 'nothing', null);
      else if (verdict.code === 'ok') await finish(game, pool, { action: 'DELETE', properties }, undefined, said);
      return;
    }
  }
}

/** Runs an operation that a fault may strike, and judges its answer. */
async function disturbed(
  game: Game,
  pool: PoolModel,
  operation: Operation,
  hit: Strike | null,
  verdict: Verdict,
  said: Said,
): Promise<HandlerAnswer> {
  const { tenant, arena } = game;
  const before = portraits(game);
  const delivering = game.pools.filter(({ region, id }) => tenant.world(region).delivers(id).sends);
  const cuts: string[] = [];
  const watch = () => {
    // Where Cognito sees grants late, it takes DEVELOPER's on trust in alternate Regions, and mail waits for them.
    if (arena.aws.modes.grantVisibleAfterMs > 0) return;
    for (const { region, id } of delivering) {
      const delivery = tenant.world(region).delivers(id);
      if (!delivery.sends) cuts.push(`mail of ${id} stops: ${delivery.why}`);
    }
  };
  const answers = await tenant.run(pool.region, operation, hit ? fateOf(hit) : undefined, watch);
  const answer = answers[answers.length - 1] as HandlerAnswer;
  for (const cut of cuts) said(cut);
  const fault = hit ? faultKinds[hit.kind] : undefined;
  const code = answer.status === 'SUCCESS' ? 'ok' : (answer.errorCode ?? '');
  const rides = !fault || (fault.transient && !hit?.forEver);
  const allowed = rides ? [verdict.code] : [verdict.code, fault.code];
  if (!allowed.includes(code)) said(`${code} and not ${allowed.join(' or ')}: ${answer.message ?? ''}`);
  const leftover = answer.message?.includes('could not all be undone') ?? false;
  if (leftover && rides) said(`a fault that passes leaves something behind: ${answer.message}`);
  if (code !== 'ok' && !leftover && operation.action !== 'DELETE' && portraits(game) !== before) {
    said(`${code}, and not as before`);
  }
  return answer;
}

function fateOf({ kind, at, forEver }: Strike): Fate {
  const fault = faultKinds[kind];
  let struck = '';
  return (call, index) => {
    if (!fault?.strikes(call.operation)) return undefined;
    if (index === at) struck = call.operation;
    return index === at || (forEver && struck === call.operation) ? fault.fault(call) : undefined;
  };
}

/** CloudFormation's next move, with AWS well: it must finish what was left. */
async function finish(
  game: Game,
  pool: PoolModel,
  operation: Operation,
  to: PoolModel['stack'],
  said: Said,
): Promise<void> {
  const answers = await game.tenant.run(pool.region, operation);
  const answer = answers[answers.length - 1] as HandlerAnswer;
  const done = answer.status === 'SUCCESS' || (operation.action === 'DELETE' && answer.errorCode === 'NotFound');
  if (!done) said(`the ${operation.action} after it: ${answer.errorCode} ${answer.message}`);
  const { EmailConfiguration } = game.tenant.world(pool.region).cognito.describe(pool.id);
  const isByHand = JSON.stringify(EmailConfiguration).includes('by-hand.example');
  settle(pool, to, to ?? (isByHand ? 'by hand' : 'nothing'), null);
}

function settle(pool: PoolModel, stack: PoolModel['stack'], live: PoolModel['live'], hit: Strike | null): void {
  Object.assign(pool, { stack, live, drift: 'none' });
  // A tag on an identity is written as well as can be: denied, or refused for ever, it is missing.
  const unmarked = hit && (hit.forEver || !faultKinds[hit.kind]?.transient);
  if (unmarked && typeof live === 'object' && live.principal === undefined && live.identity)
    pool.drift = 'policy removed';
}

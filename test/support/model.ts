import type { JsonObject, Modes } from '../../emulator/types';
import { type Kind, kindsFor, type Row, table } from './kinds';

/** What should be in AWS for one pool: a few lines that know nothing of how the handlers work. */
export interface PoolModel {
  readonly region: string;
  readonly id: string;
  /** What the stack declares; undefined: no stack has a setup for the pool. */
  stack: Kind | undefined;
  /** What is in force: nothing, a configuration that somebody made by hand, or a setup of ours. */
  live: 'nothing' | 'by hand' | Kind;
  /** What somebody else did to a setup of ours since. */
  drift: 'none' | 'wiped' | 'policy removed' | 'tag removed';
  emailMfa: boolean;
}

/** Every kind of setup that a sequence declares, by the pool's Region. */
export const kindsIn = (region: string): readonly Kind[] => kindsFor(table.find((row) => row.region === region) as Row);

export const freshPool = (region: string, id: string): PoolModel => ({
  region,
  id,
  stack: undefined,
  live: 'nothing',
  drift: 'none',
  emailMfa: false,
});

/** What the handlers must answer, with AWS well: `ok`, or a code; and what is in force then. */
export interface Verdict {
  readonly code: 'ok' | string;
  readonly live: PoolModel['live'];
}

const shown = (pool: PoolModel) => pool.live !== 'nothing' && pool.drift !== 'wiped';
const isKind = (live: PoolModel['live']): live is Kind => typeof live === 'object';
const unchanged = (pool: PoolModel, code: string): Verdict => ({ code, live: pool.live });

/** What AWS, or the type itself, must refuse. */
function refuses(kind: Kind, pool: PoolModel, modes: Modes): boolean {
  const standard = kind.properties['EmailSendingAccount'] === 'COGNITO_DEFAULT';
  if (standard && pool.emailMfa) return true;
  if (kind.arnRegion === '*' && modes.wildcardSourceArn === 'refuse') return true;
  return standard && kind.properties['From'] !== undefined && modes.defaultSenderFrom === 'refuse';
}

export function creating(pool: PoolModel, kind: Kind, takeOver: boolean, modes: Modes): Verdict {
  if (shown(pool) && !takeOver) return unchanged(pool, 'AlreadyExists');
  return refuses(kind, pool, modes) ? unchanged(pool, 'InvalidRequest') : { code: 'ok', live: kind };
}

export function updating(pool: PoolModel, kind: Kind, modes: Modes): Verdict {
  const found = shown(pool) || (isKind(pool.live) && pool.live.identity !== undefined);
  if (!found) return unchanged(pool, 'NotFound');
  return refuses(kind, pool, modes) ? unchanged(pool, 'InvalidRequest') : { code: 'ok', live: kind };
}

export function deleting(pool: PoolModel): Verdict {
  const ours = isKind(pool.live) && (pool.drift !== 'wiped' || pool.live.identity !== undefined);
  if (!ours) return unchanged(pool, 'NotFound');
  return pool.emailMfa ? unchanged(pool, 'InvalidRequest') : { code: 'ok', live: 'nothing' };
}

export const reading = (pool: PoolModel): Verdict => unchanged(pool, shown(pool) ? 'ok' : 'NotFound');

/** The ids that a List of a Region must answer. */
export const listed = (pools: readonly PoolModel[], region: string): readonly string[] =>
  pools.filter((pool) => pool.region === region && shown(pool)).map(({ id }) => id);

/** What the identities must hold of ours for a pool, `Region/identity policy` or `… tag`; undefined: not known any more. */
export function heldFor({ live, drift }: PoolModel): readonly string[] | undefined {
  if (drift === 'policy removed') return undefined;
  if (!isKind(live)) return [];
  const mark = live.principal === undefined ? 'tag' : 'policy';
  return live.regions.map((region) => `${region}/${live.identity} ${mark}`).sort();
}

/** The pool's EmailConfiguration as the model wants it; undefined: whatever somebody made by hand. */
export function configurationFor({ live, drift }: PoolModel, account: string): JsonObject | undefined {
  if (live === 'by hand') return undefined;
  if (live === 'nothing' || drift === 'wiped') return { EmailSendingAccount: 'COGNITO_DEFAULT' };
  const { EmailSendingAccount, From, ReplyToEmailAddress } = live.properties;
  const wanted = Object.entries({ EmailSendingAccount, From, ReplyToEmailAddress });
  return {
    ...Object.fromEntries(wanted.filter(([, value]) => value !== undefined)),
    ...(live.arnRegion !== undefined && {
      SourceArn: `arn:aws:ses:${live.arnRegion}:${account}:identity/${live.identity}`,
    }),
  } as JsonObject;
}

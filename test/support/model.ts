import type { Behaviours } from '../../emulator/behaviours';
import type { JsonObject } from '../../emulator/types';
import { kindsFor, type RegionRow, regionTable, type SetupKind } from './setup-kinds';

/** Who sends a request: a resource of a stack, or Cloud Control without one. */
export const actors = ['one', 'two', 'three', 'Cloud Control'] as const;
export type Actor = (typeof actors)[number];

/** What stands in AWS for one pool: a few lines that know nothing of how the handlers work. */
export interface State {
  /** What is in force: nothing, a sender that somebody set by hand, or a kind of setup. */
  readonly live: 'nothing' | 'by hand' | SetupKind;
  readonly tag:
    | { readonly owner: Actor; readonly sender: string; readonly before: Actor | 'nobody' | undefined }
    | undefined;
  /** Where our policy for the pool is, `Region/identity`. */
  readonly policies: readonly string[];
}

/** A pool, and what each stack's template declares for it. */
export interface PoolModel {
  readonly region: string;
  readonly id: string;
  state: State;
  readonly declares: Map<Actor, SetupKind>;
  emailMfa: boolean;
}

/** Every kind of setup that a sequence declares, by the pool's Region: also two that differ in no sender. */
export function kindsIn(region: string): readonly SetupKind[] {
  const kinds = kindsFor(regionTable.find((row) => row.region === region) as RegionRow) as readonly [
    SetupKind,
    SetupKind,
    SetupKind,
    SetupKind,
    SetupKind,
  ];
  const [, domain, , , plain] = kinds;
  return [
    ...kinds,
    { ...domain, name: 'another From', properties: { ...domain.properties, From: 'hello@example.org' } },
    {
      ...plain,
      name: 'another reply address',
      properties: { ...plain.properties, ReplyToEmailAddress: 'b@example.com' },
    },
  ];
}

export const freshPool = (region: string, id: string): PoolModel => ({
  region,
  id,
  state: { live: 'nothing', tag: undefined, policies: [] },
  declares: new Map(),
  emailMfa: false,
});

/** What the handlers must answer, with AWS well: `ok`, or a code; and what stands in AWS then. */
export interface ExpectedOutcome {
  readonly codes: readonly string[];
  readonly after: State;
}

const isKind = (live: State['live']): live is SetupKind => typeof live === 'object';
const hasSourceArn = ({ live }: State) => live === 'by hand' || (isKind(live) && live.identity !== undefined);
/** A setup or a sender that a Create does not touch unless it takes over. */
export const isTaken = (state: State) => state.tag !== undefined || state.live !== 'nothing';
const isListed = (state: State) => state.tag !== undefined || hasSourceArn(state);

/** EmailSendingAccount and SourceArn. */
export function senderOf(live: State['live']): string {
  if (!isKind(live)) return live === 'nothing' ? 'COGNITO_DEFAULT' : live;
  const { EmailSendingAccount } = live.properties;
  return live.identity === undefined ? 'COGNITO_DEFAULT' : `${EmailSendingAccount} ${live.arnRegion}/${live.identity}`;
}

const identitiesUsed = (live: State['live'] | undefined) =>
  live !== undefined && isKind(live) && live.identity ? live.regions.map((region) => `${region}/${live.identity}`) : [];
const neededPolicies = (kind: SetupKind) => (kind.principal === undefined ? [] : identitiesUsed(kind));
const without = (all: readonly string[], some: readonly string[]) => all.filter((one) => !some.includes(one));
const unchanged = (after: State, ...codes: readonly string[]): ExpectedOutcome => ({ codes, after });

/** Must AWS, or the type itself, refuse this setup? */
function refuses(kind: SetupKind, pool: PoolModel, behaviours: Behaviours): boolean {
  const standard = kind.properties['EmailSendingAccount'] === 'COGNITO_DEFAULT';
  if (standard && pool.emailMfa) return true;
  if (kind.arnRegion === '*' && behaviours.wildcardSourceArn === 'refuse') return true;
  return standard && kind.properties['From'] !== undefined && behaviours.defaultSenderFrom === 'refuse';
}

/** The state with a setup in force: its policies where it needs them, and none on the other identities that the request names. */
function inForce({ live, policies }: State, kind: SetupKind, previous?: SetupKind): Pick<State, 'live' | 'policies'> {
  const known = [...identitiesUsed(live), ...identitiesUsed(kind), ...identitiesUsed(previous)];
  return { live: kind, policies: [...without(policies, known), ...neededPolicies(kind)] };
}

/** A take-over that keeps the sender can be given back to the owner before: the oldest one, but not to oneself. */
function noteOf({ tag, live }: State, kind: SetupKind, by: Actor): Actor | 'nobody' | undefined {
  if (senderOf(live) !== senderOf(kind)) return undefined;
  // A tag about another sender does not say whose the live one is.
  const before = tag?.sender === senderOf(live) ? (tag.before ?? tag.owner) : 'nobody';
  return before === by ? undefined : before;
}

/** What a request for a setup says, and which of AWS's possible behaviours is on. */
interface SetupRequest {
  readonly kind: SetupKind;
  readonly by: Actor;
  readonly behaviours: Behaviours;
}

export function expectedCreate(
  pool: PoolModel,
  { kind, by, takeOver, behaviours }: SetupRequest & { readonly takeOver: boolean },
): ExpectedOutcome {
  const { state } = pool;
  const taken = isTaken(state);
  if (taken && !takeOver) return unchanged(state, 'AlreadyExists');
  if (refuses(kind, pool, behaviours)) return unchanged(state, 'InvalidRequest');
  const tag = { owner: by, sender: senderOf(kind), before: taken ? noteOf(state, kind, by) : undefined };
  return { codes: ['ok'], after: { ...inForce(state, kind), tag } };
}

export function expectedUpdate(
  pool: PoolModel,
  { kind, previous, by, behaviours }: SetupRequest & { readonly previous: SetupKind },
): ExpectedOutcome {
  const { state } = pool;
  const { tag, live, policies } = state;
  const known = [...identitiesUsed(live), ...identitiesUsed(kind), ...identitiesUsed(previous)];
  if (!isListed(state) && !known.some((place) => policies.includes(place))) return unchanged(state, 'NotFound');
  if (refuses(kind, pool, behaviours)) return unchanged(state, 'InvalidRequest');
  const keeps = tag !== undefined && (by === 'Cloud Control' || tag.before === by);
  const owners = keeps ? { owner: tag.owner, before: tag.before } : { owner: by, before: undefined };
  return { codes: ['ok'], after: { ...inForce(state, kind, previous), tag: { ...owners, sender: senderOf(kind) } } };
}

/** `model`: what the request says of the setup beside the pool's id. */
export function expectedDelete(pool: PoolModel, model: SetupKind | undefined, by: Actor): ExpectedOutcome {
  const { state } = pool;
  const { tag, live, policies } = state;
  const known = [...identitiesUsed(live), ...identitiesUsed(model)];
  if (tag && by !== 'Cloud Control') {
    if (tag.owner !== by && tag.before !== by) return unchanged(state, 'NotFound');
    if (tag.owner !== by) return unchanged({ ...state, tag: { ...tag, before: undefined } }, 'NotFound');
    if (tag.before === 'nobody') return unchanged({ ...state, tag: undefined }, 'ok', 'NotFound');
    if (tag.before)
      return unchanged({ ...state, tag: { ...tag, owner: tag.before, before: undefined } }, 'ok', 'NotFound');
  }
  if (!tag && !known.some((place) => policies.includes(place))) return unchanged(state, 'NotFound');
  const sender = tag ? tag.sender : model && senderOf(model);
  const replies = isKind(live) && live.properties['ReplyToEmailAddress'];
  const isOurs =
    sender === senderOf(live) &&
    (sender !== 'COGNITO_DEFAULT' || !replies || model?.properties['ReplyToEmailAddress'] === replies);
  if (!isOurs) {
    const after = { live, tag: undefined, policies: without(policies, without(known, identitiesUsed(live))) };
    // A reply address that the model does not name stays, and is no reason against SUCCESS.
    return { codes: [live === 'nothing' || sender === senderOf(live) ? 'ok' : 'NotFound'], after };
  }
  if (pool.emailMfa) return unchanged(state, 'InvalidRequest');
  return { codes: ['ok'], after: { live: 'nothing', tag: undefined, policies: without(policies, known) } };
}

export const expectedRead = ({ state }: PoolModel): ExpectedOutcome =>
  unchanged(state, isListed(state) ? 'ok' : 'NotFound');

/** The ids that a List of a Region must answer. */
export const listed = (pools: readonly PoolModel[], region: string): readonly string[] =>
  pools.filter((pool) => pool.region === region && isListed(pool.state)).map(({ id }) => id);

/** Would mail go out: has every identity that is used the policy that it needs? */
export const delivers = ({ live, policies }: State): boolean =>
  !isKind(live) || without(neededPolicies(live), policies).length === 0;

/** The pool's EmailConfiguration as what is in force wants it. */
export function configurationFor(live: State['live'], region: string, account: string): JsonObject {
  if (live === 'nothing') return { EmailSendingAccount: 'COGNITO_DEFAULT' };
  if (live === 'by hand') {
    const ses = region === 'me-central-1' ? 'eu-central-1' : region;
    const SourceArn = `arn:aws:ses:${ses}:${account}:identity/by-hand.example`;
    return { EmailSendingAccount: 'DEVELOPER', SourceArn, From: 'by-hand@by-hand.example' };
  }
  const { EmailSendingAccount, From, ReplyToEmailAddress } = live.properties;
  const wanted = Object.entries({ EmailSendingAccount, From, ReplyToEmailAddress });
  return {
    ...Object.fromEntries(wanted.filter(([, value]) => value !== undefined)),
    ...(live.arnRegion !== undefined && {
      SourceArn: `arn:aws:ses:${live.arnRegion}:${account}:identity/${live.identity}`,
    }),
  } as JsonObject;
}

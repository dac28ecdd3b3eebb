import type { PoolRef } from './pool-ref';

/** An SES identity in one Region. */
export interface IdentityRef {
  /** The Region; `*` in the `SourceArn` of a default sender that uses two Regions together. */
  readonly region: string;
  readonly identity: string;
}

/** The ARN of an SES identity in the pool's account. AWS demands `*` as its Region where the pool sends through two. */
export function identityArn({ partition, account }: PoolRef, { region, identity }: IdentityRef): string {
  return `arn:${partition}:ses:${region}:${account}:identity/${identity}`;
}

/** Region (or `*`) and name of the identity that a `SourceArn` names; undefined for anything else. */
export function parseIdentityArn(arn: string): IdentityRef | undefined {
  const match = /^arn:[^:]+:ses:([^:]+):[^:]*:identity\/(.+)$/.exec(arn);
  return match?.[1] && match[2] ? { region: match[1], identity: match[2] } : undefined;
}

/** Is it the same identity in the same Region? */
export function isSameIdentity(one: IdentityRef, other: IdentityRef): boolean {
  return one.region === other.region && one.identity === other.identity;
}

/** Each identity once, by Region and name alone. */
export function distinctIdentities(refs: readonly IdentityRef[]): readonly IdentityRef[] {
  const byKey = new Map(refs.map(({ region, identity }) => [`${region}/${identity}`, { region, identity }]));
  return [...byKey.values()];
}

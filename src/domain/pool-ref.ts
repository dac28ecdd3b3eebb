/** A user pool's id, with the parts of its ARN that policies and messages are built from. */
export interface PoolRef {
  readonly id: string;
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Reads `arn:PARTITION:cognito-idp:REGION:ACCOUNT:userpool/ID`; undefined for anything else. */
export function poolRefOf(arn: string): PoolRef | undefined {
  const [prefix, partition, service, region, account, resource] = arn.split(':');
  if (prefix !== 'arn' || service !== 'cognito-idp' || !partition || !region || !account) return undefined;
  const [, id] = /^userpool\/(.+)$/.exec(resource ?? '') ?? [];
  return id === undefined ? undefined : { id, arn, partition, region, account };
}

/** The same from its parts, for a pool that is gone: Cognito no longer answers its ARN. */
export function poolRef({ id, partition, region, account }: Omit<PoolRef, 'arn'>): PoolRef {
  const arn = `arn:${partition}:cognito-idp:${region}:${account}:userpool/${id}`;
  return { id, arn, partition, region, account };
}

/** What a message names a pool by. */
export type PoolName = Pick<PoolRef, 'id' | 'region'>;

/** A pool as messages name it: `user pool ID in REGION`. */
export function describePool({ id, region }: PoolName): string {
  return `user pool ${id} in ${region}`;
}

/** A text with a capital letter, as a sentence begins. */
export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

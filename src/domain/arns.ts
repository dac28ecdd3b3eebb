/** The parts of a user pool's ARN that the rest is built from. */
export interface PoolArn {
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Reads `arn:PARTITION:cognito-idp:REGION:ACCOUNT:userpool/ID`; undefined for anything else. */
export function parsePoolArn(arn: string): PoolArn | undefined {
  const [prefix, partition, service, region, account, resource] = arn.split(':');
  if (prefix !== 'arn' || service !== 'cognito-idp' || !partition || !region || !account) return undefined;
  return resource?.startsWith('userpool/') ? { arn, partition, region, account } : undefined;
}

/**
 * The ARN of an SES identity. `region` is `*` where a default sender uses two Regions at once, the form that AWS's page
 * demands for `SourceArn` there.
 */
export function identityArn(pool: PoolArn, region: string, identity: string): string {
  return `arn:${pool.partition}:ses:${region}:${pool.account}:identity/${identity}`;
}

/** Region (or `*`) and name of the identity that a `SourceArn` names; undefined for anything else. */
export function parseIdentityArn(arn: string): { readonly region: string; readonly identity: string } | undefined {
  const match = /^arn:[^:]+:ses:([^:]+):[^:]*:identity\/(.+)$/.exec(arn);
  return match?.[1] && match[2] ? { region: match[1], identity: match[2] } : undefined;
}

import { regionRow } from '../regions';

/** The parts of a SourceArn (its Region may be `*`); undefined for an ARN that is not an SES identity's. */
export function parseSourceArn(arn: string) {
  const [, partition = '', service, region = '', account = '', ...rest] = arn.split(':');
  const resource = rest.join(':');
  if (service !== 'ses' || !resource.startsWith('identity/')) return undefined;
  return { partition, region, account, identity: resource.slice('identity/'.length) };
}

/** The Regions whose SES an EmailConfiguration with this ARN Region uses. */
export function sesRegionsOf(poolRegion: string, arnRegion: string): readonly string[] {
  return arnRegion === '*' ? (regionRow(poolRegion)?.sesRegions ?? []) : [arnRegion];
}

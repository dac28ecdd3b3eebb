import Table from 'cli-table3';
import type { EmbeddedAws } from '../emulator/index';
import type { JsonObject } from '../emulator/types';

/** The pools and SES Regions that setups may have changed. */
interface SummaryScope {
  readonly aws: EmbeddedAws;
  readonly region: string;
  readonly poolIds: readonly string[];
  readonly sesRegions: readonly string[];
}

export type SummaryRow = readonly string[];

/** What setups have left in Cognito and SES after a step, as rows of the closing table. */
export function summaryRows({ aws, region, poolIds, sesRegions }: SummaryScope, step: string): readonly SummaryRow[] {
  const pools = poolIds.map((poolId, index) => {
    const { EmailConfiguration } = aws.region(region).cognito.describe(poolId);
    const email = Object.entries((EmailConfiguration ?? {}) as JsonObject).map(
      ([member, value]) => `${member}: ${value}`,
    );
    return [index === 0 ? step : '', region, `user pool ${poolId}`, email.join('\n') || 'is not there'];
  });
  const identities = sesRegions.flatMap((sesRegion) =>
    [...aws.region(sesRegion).ses.identities.values()].flatMap(({ name, policies, tags }) => [
      ...[...policies].map(([policy, text]) => [
        '',
        sesRegion,
        `identity ${name}`,
        `policy ${policy}\ntrusts ${principalsOf(text)}`,
      ]),
      ...[...tags.keys()].map((tag) => ['', sesRegion, `identity ${name}`, `tag ${tag}`]),
    ]),
  );
  return [...pools, ...identities];
}

function principalsOf(policy: string): string {
  const { Statement } = JSON.parse(policy) as { Statement: readonly { Principal: { Service: readonly string[] } }[] };
  return Statement.flatMap(({ Principal }) => Principal.Service).join(', ');
}

/** The closing table as text. */
export function summaryTable(rows: readonly SummaryRow[]): string {
  const table = new Table({ head: ['After', 'Region', 'What', 'Set up'], style: { head: [], border: [] } });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

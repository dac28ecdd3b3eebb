import Table from 'cli-table3';
import colours from 'picocolors';
import type { EmbeddedAws } from '../emulator/index';
import type { JsonObject } from '../emulator/types';

/** Prints progress, and remembers what is not as it should be. */
export interface Report {
  line(text: string): void;
  heading(text: string): void;
  /** One thing that must hold: printed either way, remembered where it does not. */
  check(what: string, holds: boolean, otherwise?: string): void;
  readonly failures: readonly string[];
}

/** A report on standard output. */
export function report(): Report {
  const failures: string[] = [];
  const line = (text: string) => process.stdout.write(`${text}\n`);
  return {
    line: (text) => line(`  ${text}`),
    heading: (text) => line(`\n${colours.bold(text)}`),
    check: (what, holds, otherwise = '') => {
      if (!holds) failures.push(what);
      line(
        holds
          ? `  ${colours.green('ok')}   ${what}`
          : `  ${colours.red('FAIL')} ${what}${otherwise && `: ${otherwise}`}`,
      );
    },
    failures,
  };
}

/** Where setups may have put things. */
export interface Places {
  readonly aws: EmbeddedAws;
  readonly region: string;
  readonly poolIds: readonly string[];
  readonly sesRegions: readonly string[];
}

/** What setups have put where, as rows of the closing table. */
export function rowsOf({ aws, region, poolIds, sesRegions }: Places, step: string): readonly (readonly string[])[] {
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
        `policy ${policy}\ntrusts ${principalIn(text)}`,
      ]),
      ...[...tags.keys()].map((tag) => ['', sesRegion, `identity ${name}`, `tag ${tag}`]),
    ]),
  );
  return [...pools, ...identities];
}

function principalIn(policy: string): string {
  const { Statement } = JSON.parse(policy) as { Statement: readonly { Principal: { Service: readonly string[] } }[] };
  return Statement.flatMap(({ Principal }) => Principal.Service).join(', ');
}

/** The closing table. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const table = new Table({ head: ['After', 'Region', 'What', 'Set up'], style: { head: [], border: [] } });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

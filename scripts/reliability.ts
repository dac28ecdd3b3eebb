import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const held = join(root, 'build', 'reliability', 'held.jsonl');
const page = join(root, 'docs', 'reliability.md');

/** What was tried so often in a run, and held: one line of the tests' notes. */
interface Held {
  readonly what: string;
  readonly count: number;
  readonly how: string;
}

/** Forgets what earlier runs have noted. */
export function forgetHeld(): void {
  rmSync(held, { force: true });
}

/** Writes the table of `docs/reliability.md` from what the tests of this run have noted. */
export function writeReliability(): void {
  const lines = existsSync(held) ? readFileSync(held, 'utf8').trim().split('\n') : [];
  const rows = new Map<string, Held>();
  for (const line of lines) {
    const one = JSON.parse(line) as Held;
    rows.set(one.what, { ...one, count: one.count + (rows.get(one.what)?.count ?? 0) });
  }
  const table = [...rows.values()]
    .sort((a, b) => (a.what < b.what ? -1 : 1))
    .map(({ what, count, how }) => `| ${what} | ${count} | ${how} |`);
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(page, [...heading, ...table, ...rest].join('\n'));
}

const heading = [
  '# What was tried, and held',
  '',
  'Written by `npm test`, which fails where any of it does not hold. Everything runs through the built bundle.',
  '',
  '| Tried | Times | What it is |',
  '|---|---|---|',
];

const rest = [
  '',
  '`npm run soak -- --minutes 30` plays random sequences for that long, and then every pair of faults.',
  '',
  '## What can be left behind',
  '',
  'A Lambda that dies between two calls leaves what it had written. The same request again, the rollback and a Delete',
  "find it by the pool's tag, by the pool's `SourceArn` and by the identities of the request's model. One thing is found by",
  'none of them: a policy on an identity that neither the pool nor the template names any more. It lets Cognito send for that',
  'one pool and nobody else. To find it, look for policies of the pool on the identities:',
  '',
  '```sh',
  'aws sesv2 get-email-identity --region SES-REGION --email-identity IDENTITY --query Policies',
  '```',
  '',
  'Ours is named `EmailSetup-POOL-REGION-POOL-ID`. Delete it with `aws sesv2 delete-email-identity-policy`.',
  '',
  'And a Create that is repeated because its answer was lost, and that AWS throttles before the pool could be seen, fails without',
  'a Delete: its setup stays and works, and no stack has it. Declare it again with `TakeOver: true`.',
  '',
  '## The one gap',
  '',
  "Cognito's API has no versions. Between our last `DescribeUserPool` and `UpdateUserPool` lies one round trip; a setting that",
  'somebody else changes in it is overwritten with what we saw. At any other moment it stays, which the row "second writer"',
  'shows: nothing is ever put back. What somebody else changes within two seconds after our update counts as ours: the',
  'operation fails and names it, and their value stays.',
  '',
];

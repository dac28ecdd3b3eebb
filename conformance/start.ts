import { parseArgs } from 'node:util';
import { CleanupError } from './cleanup';
import type { Answer, Question } from './question';
import { questions } from './questions/index';
import { openTestAccount, type TestAccount } from './test-account';

const usage =
  'Use: npm run conformance -- --region REGION --identity ADDRESS_OR_DOMAIN [--ses-region REGION] [--user-pool-id ID] [--write]';

/** `npm run conformance`: asks a real account. Exits with 2 where it cannot begin, with 1 where it leaves something behind. */
async function main(): Promise<number> {
  const { AWS_REGION, CONFORMANCE_IDENTITY, CONFORMANCE_USER_POOL_ID } = process.env;
  let flags: ReturnType<typeof parseFlags>;
  try {
    flags = parseFlags();
  } catch (error) {
    return cannotBegin(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
  const region = flags.region ?? AWS_REGION;
  const identity = flags.identity ?? CONFORMANCE_IDENTITY;
  const userPoolId = flags['user-pool-id'] ?? CONFORMANCE_USER_POOL_ID;
  if (!region || !identity) {
    return cannotBegin(
      `Name the Region of the pools (--region or AWS_REGION) and a verified identity that nothing depends on (--identity or CONFORMANCE_IDENTITY).\n${usage}`,
    );
  }
  const account = openTestAccount({ region, identity, sesRegion: flags['ses-region'], userPoolId });
  try {
    await account.cognito.config.credentials();
  } catch {
    return cannotBegin(
      'There are no AWS credentials here: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, for a sandbox account.',
    );
  }
  const how = flags.write ? 'writing to pools of its own, named email-setup-conformance' : 'reading only';
  print(`Asking Cognito in ${region} and SES, with ${identity}, ${how}.`);
  let isClean = true;
  for (const question of questions) isClean = (await ask(question, account, flags)) && isClean;
  const leftovers = flags.write ? await account.leftovers() : [];
  if (leftovers.length > 0) print(`\nLEFT BEHIND, by this run or another: ${leftovers.join('; ')}`);
  return isClean && leftovers.length === 0 ? 0 : 1;
}

function parseFlags() {
  const text = { type: 'string' } as const;
  const options = {
    region: text,
    identity: text,
    'ses-region': text,
    'user-pool-id': text,
    write: { type: 'boolean', default: false },
  } as const;
  return parseArgs({ options }).values;
}

/** Asks one question and prints its answer. Returns false where something is left in the account. */
async function ask(question: Question, account: TestAccount, flags: { readonly write: boolean }): Promise<boolean> {
  print(`\n${question.id}: ${question.asks}`);
  try {
    const answer = await findAnswer(question, account, flags);
    if ('why' in answer) print(`  no answer: ${answer.why}`);
    else print(`  ${answer.says}${answer.behaviours ? `\n  embedded AWS: ${JSON.stringify(answer.behaviours)}` : ''}`);
    return true;
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    print(error instanceof CleanupError ? `  LEFT BEHIND: ${message}` : `  no answer: ${name}: ${message}`);
    return !(error instanceof CleanupError);
  }
}

async function findAnswer(
  { read, probe, command }: Question,
  account: TestAccount,
  { write }: { readonly write: boolean },
): Promise<Answer> {
  const fromRead = await read?.(account);
  if (fromRead && !('why' in fromRead)) return fromRead;
  if (!probe) return fromRead ?? { why: `Ask by hand: ${command}` };
  return write ? probe(account) : { why: `${fromRead ? `${fromRead.why} ` : ''}It takes a write: --write.` };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function cannotBegin(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 1;
  },
);

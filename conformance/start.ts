import { parseArgs } from 'node:util';
import type { Answer, Question } from './question';
import { questions } from './questions/index';
import { LeftBehind, openTestAccount, type TestAccount } from './test-account';

const usage =
  'Use: npm run conformance -- --region REGION --identity ADDRESS_OR_DOMAIN [--ses-region REGION] [--user-pool-id ID] [--write]';

/** `npm run conformance`: asks a real account. Ends with 2 where it cannot begin, 1 where something of ours is left. */
async function main(): Promise<number> {
  const { AWS_REGION, CONFORMANCE_IDENTITY, CONFORMANCE_USER_POOL_ID } = process.env;
  let flags: ReturnType<typeof flagsOf>;
  try {
    flags = flagsOf();
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
  const opened = openTestAccount({ region, identity, sesRegion: flags['ses-region'], userPoolId });
  try {
    await opened.cognito.config.credentials();
  } catch {
    return cannotBegin(
      'There are no AWS credentials here: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, for a sandbox account.',
    );
  }
  const how = flags.write ? 'writing to pools of its own, named email-setup-conformance' : 'reading only';
  say(`Asking Cognito in ${region} and SES, with ${identity}, ${how}.`);
  let clean = true;
  for (const question of questions) clean = (await ask(question, opened, flags.write)) && clean;
  const left = flags.write ? await opened.leftovers() : [];
  if (left.length > 0) say(`\nLEFT BEHIND, by this run or another: ${left.join('; ')}`);
  return clean && left.length === 0 ? 0 : 1;
}

function flagsOf() {
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

/** Asks one question and prints what came of it; false where something was left in the account. */
async function ask(question: Question, opened: TestAccount, write: boolean): Promise<boolean> {
  say(`\n${question.id}: ${question.asks}`);
  try {
    const answer = await answerTo(question, opened, write);
    if ('why' in answer) say(`  no answer: ${answer.why}`);
    else say(`  ${answer.says}${answer.mode ? `\n  embedded AWS: ${JSON.stringify(answer.mode)}` : ''}`);
    return true;
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    say(error instanceof LeftBehind ? `  LEFT BEHIND: ${message}` : `  no answer: ${name}: ${message}`);
    return !(error instanceof LeftBehind);
  }
}

async function answerTo({ look, tryOut, command }: Question, opened: TestAccount, write: boolean): Promise<Answer> {
  const seen = await look?.(opened);
  if (seen && !('why' in seen)) return seen;
  if (!tryOut) return seen ?? { why: `Ask by hand: ${command}` };
  return write ? tryOut(opened) : { why: `${seen ? `${seen.why} ` : ''}It takes a write: --write.` };
}

function say(line: string): void {
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

import type { ProgressEvent } from '../../emulator/cloudformation/types';
import type { TestCase } from './test-case';

/** A run with faults, and what it is compared with. */
export interface Observed {
  /** The snapshot from before the operation. */
  readonly before: string;
  /** The normalized snapshot after a run without faults. */
  readonly declared: string;
  readonly answers: readonly ProgressEvent[];
}

/** What is expected of an operation with faults. */
export interface Expected {
  readonly mustSucceed: boolean;
  /** Codes with which it may fail. */
  readonly codes: readonly string[];
  /** Calls of which a failure's message must name one. */
  readonly operations: readonly string[];
  /** Calls that fail for ever, so that a roll-back which needs them cannot finish. */
  readonly forbidden: readonly string[];
}

/**
 * Compares what an operation with faults has left in AWS with what it must leave, then makes the same request again without
 * faults. Returns every difference.
 */
export async function findingsAfter(
  testCase: TestCase,
  { before, declared, answers }: Observed,
  expected: Expected,
): Promise<readonly string[]> {
  const findings: string[] = [...testCase.deliveryGaps.map((gap) => `mail was cut off after ${gap}`)];
  const { action } = testCase.operation;
  const isRead = action === 'READ' || action === 'LIST';
  const last = answers[answers.length - 1] as ProgressEvent;
  const text = `${last.status} ${last.errorCode ?? ''}: ${last.message ?? ''}`;
  if (last.status === 'SUCCESS') {
    const found = testCase.normalizedSnapshot();
    if (found !== declared) findings.push(`SUCCESS, and not as declared: ${difference(declared, found)}`);
    return findings;
  }
  if (expected.mustSucceed) findings.push(`did not ride it out: ${text}`);
  if (!expected.codes.includes(last.errorCode ?? '')) findings.push(`wrong code: ${text}`);
  if (!expected.operations.some((operation) => last.message?.includes(operation)))
    findings.push(`names no call: ${text}`);
  const leftover = last.message?.includes('could not all be undone') ?? false;
  if (action !== 'DELETE' && !leftover && testCase.snapshot() !== before) {
    findings.push(`FAILED, and not as before: ${difference(before, testCase.snapshot())}; ${text}`);
  }
  if (leftover && !isForbidden(expected.forbidden, before, testCase.snapshot())) {
    findings.push(`could have been undone: ${difference(before, testCase.snapshot())}; ${text}`);
  }
  // A Delete of what replaced another's sender would not give that one back: such an answer names nothing to delete.
  const named = leftover && !testCase.scenario.takeOver;
  if (action === 'CREATE' && named !== (last.resourceModel !== undefined))
    findings.push(`names the pool wrongly: ${text}`);
  if (isRead) return findings;
  const isTagGivenBack = leftover && !named;
  return [...findings, ...(await finished(testCase, declared, { named, isTagGivenBack }))];
}

/** What a failed Create has left, as its answer says. */
interface Left {
  readonly named: boolean;
  /** A take-over that could not be rolled back gives only the tag back: its sender stays, without an owner. */
  readonly isTagGivenBack: boolean;
}

/** Without faults: CloudFormation's Delete where a Create has named the pool, and the same request again. */
async function finished(
  testCase: TestCase,
  declared: string,
  { named, isTagGivenBack }: Left,
): Promise<readonly string[]> {
  const findings: string[] = [];
  const { action, properties = {} } = testCase.operation;
  if (action === 'CREATE' && named) {
    const [gone] = (await testCase.run({ action: 'DELETE', properties })).slice(-1) as [ProgressEvent];
    if (gone.status !== 'SUCCESS' && gone.errorCode !== 'NotFound') findings.push(`the Delete fails: ${gone.message}`);
  }
  const [again] = (await testCase.run(testCase.operation)).slice(-1) as [ProgressEvent];
  const deleted = action === 'DELETE' && again.errorCode === 'NotFound';
  if (again.status !== 'SUCCESS' && !deleted)
    findings.push(`the same request again: ${again.errorCode} ${again.message}`);
  else {
    const [wanted, found] = [declared, testCase.normalizedSnapshot()].map(
      isTagGivenBack ? withoutNoteOfNobody : String,
    ) as [string, string];
    if (found !== wanted) findings.push(`again, and not as declared: ${difference(wanted, found)}`);
  }
  return findings;
}

/** Taken over again, a sender without a tag is noted as one that was made by hand. */
const withoutNoteOfNobody = (normalizedSnapshot: string) =>
  normalizedSnapshot.replaceAll('"v2 HASHES ."', '"v2 HASHES"');

/** Does what is left come from a call that fails for ever: one that reads, puts a policy, updates the pool or deletes a policy? */
function isForbidden(forbidden: readonly string[], before: string, after: string): boolean {
  const needed = /^(DescribeUserPool|GetEmailIdentity|UpdateUserPool|(Create|Update)EmailIdentityPolicy)$/;
  if (forbidden.some((operation) => needed.test(operation))) return true;
  if (!forbidden.some((operation) => /^(DeleteEmailIdentityPolicy|UntagResource)$/.test(operation))) return false;
  // Where no policy can be deleted, everything from before must be there again; more than before may be left.
  const [[pools, then], [poolsNow, now]] = [JSON.parse(before), JSON.parse(after)] as [State, State];
  const kept = then.every(({ at, policies }) => {
    const found = now.find((identity) => identity.at === at)?.policies ?? {};
    return Object.entries(policies).every(([name, policy]) => found[name] === policy);
  });
  return kept && JSON.stringify(pools) === JSON.stringify(poolsNow);
}

type State = readonly [pools: unknown, identities: readonly { at: string; policies: Record<string, string> }[]];

/** The lines that differ between two states. */
export function difference(wanted: string, found: string): string {
  const [before, after] = [wanted.split('\n'), found.split('\n')];
  const missing = before.filter((line) => !after.includes(line)).map((line) => `-${line.trim()}`);
  const added = after.filter((line) => !before.includes(line)).map((line) => `+${line.trim()}`);
  return [...missing, ...added].join(' ').slice(0, 600);
}

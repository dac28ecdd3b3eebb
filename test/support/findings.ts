import type { HandlerAnswer } from '../../emulator/cloudformation/drive';
import type { Case } from './multi-account-harness';

/** What is expected of a disturbed operation. */
export interface Expected {
  readonly mustSucceed: boolean;
  /** Codes with which it may fail. */
  readonly codes: readonly string[];
  /** Calls of which a failure's message must name one. */
  readonly operations: readonly string[];
  /** Calls that are struck for good, so that an undoing which needs them cannot be whole. */
  readonly forbidden: readonly string[];
}

/**
 * Judges a disturbed operation by what is in AWS afterwards, then lets AWS be well and sees whether the next move
 * finishes. Answers every finding; none means that all held. `declared` is the portrait of an undisturbed run.
 */
export async function findingsAfter(
  trial: Case,
  before: string,
  declared: string,
  answers: readonly HandlerAnswer[],
  expected: Expected,
): Promise<readonly string[]> {
  const findings: string[] = [...trial.deliveryGaps.map((cut) => `mail was cut off after ${cut}`)];
  const { action } = trial.operation;
  const isRead = action === 'READ' || action === 'LIST';
  const last = answers[answers.length - 1] as HandlerAnswer;
  const said = `${last.status} ${last.errorCode ?? ''}: ${last.message ?? ''}`;
  if (last.status === 'SUCCESS') {
    const found = trial.normalizedSnapshot();
    if (found !== declared) findings.push(`SUCCESS, and not as declared: ${difference(declared, found)}`);
    return findings;
  }
  if (expected.mustSucceed) findings.push(`did not ride it out: ${said}`);
  if (!expected.codes.includes(last.errorCode ?? '')) findings.push(`wrong code: ${said}`);
  if (!expected.operations.some((operation) => last.message?.includes(operation)))
    findings.push(`names no call: ${said}`);
  const leftover = last.message?.includes('could not all be undone') ?? false;
  if (action !== 'DELETE' && !leftover && trial.snapshot() !== before) {
    findings.push(`FAILED, and not as before: ${difference(before, trial.snapshot())}; ${said}`);
  }
  if (leftover && !isForbidden(expected.forbidden, before, trial.snapshot())) {
    findings.push(`could have been undone: ${difference(before, trial.snapshot())}; ${said}`);
  }
  // A Delete of what replaced another's sender would not give that one back: such an answer names nothing to delete.
  const named = leftover && !trial.scenario.takeOver;
  if (action === 'CREATE' && named !== (last.resourceModel !== undefined))
    findings.push(`names the pool wrongly: ${said}`);
  if (isRead) return findings;
  const isTagGivenBack = leftover && !named;
  return [...findings, ...(await finished(trial, declared, { named, isTagGivenBack }))];
}

/** What a failed Create has left, as its answer says. */
interface Left {
  readonly named: boolean;
  /** A take-over that could not be undone gives the tag alone back: its sender stays, and is nobody's. */
  readonly isTagGivenBack: boolean;
}

/** With AWS well: CloudFormation's Delete where a Create has named the pool, and the same request again. */
async function finished(trial: Case, declared: string, { named, isTagGivenBack }: Left): Promise<readonly string[]> {
  const findings: string[] = [];
  const { action, properties = {} } = trial.operation;
  if (action === 'CREATE' && named) {
    const [gone] = (await trial.run({ action: 'DELETE', properties })).slice(-1) as [HandlerAnswer];
    if (gone.status !== 'SUCCESS' && gone.errorCode !== 'NotFound') findings.push(`the Delete fails: ${gone.message}`);
  }
  const [again] = (await trial.run(trial.operation)).slice(-1) as [HandlerAnswer];
  const deleted = action === 'DELETE' && again.errorCode === 'NotFound';
  if (again.status !== 'SUCCESS' && !deleted)
    findings.push(`the same request again: ${again.errorCode} ${again.message}`);
  else {
    const [wanted, found] = [declared, trial.normalizedSnapshot()].map(
      isTagGivenBack ? withoutNoteOfNobody : String,
    ) as [string, string];
    if (found !== wanted) findings.push(`again, and not as declared: ${difference(wanted, found)}`);
  }
  return findings;
}

/** Taken over again, a sender without a tag is noted as one that was made by hand. */
const withoutNoteOfNobody = (portrait: string) => portrait.replaceAll('"v2 HASHES ."', '"v2 HASHES"');

/** Does what is left come from a call that is struck for good: nothing could be seen, granted or switched, or not revoked? */
function isForbidden(forbidden: readonly string[], before: string, after: string): boolean {
  const needed = /^(DescribeUserPool|GetEmailIdentity|UpdateUserPool|(Create|Update)EmailIdentityPolicy)$/;
  if (forbidden.some((operation) => needed.test(operation))) return true;
  if (!forbidden.some((operation) => /^(DeleteEmailIdentityPolicy|UntagResource)$/.test(operation))) return false;
  // Without revocation, everything that was there must be there again; only more than before may be left.
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

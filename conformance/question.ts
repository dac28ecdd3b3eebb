import type { Behaviours } from '../emulator/behaviours';
import type { AwsError } from './aws-error';
import type { TestAccount } from './test-account';

/** What AWS does. */
interface Finding {
  readonly says: string;
  /** How to make the embedded AWS behave in the same way, where it can. */
  readonly behaviours?: Partial<Behaviours>;
}

/** There is no answer this time. */
interface Inconclusive {
  /** Why not, and what would give an answer. */
  readonly why: string;
}

export type Answer = Finding | Inconclusive;

/** Something that no document settles and that a real account can answer. */
export interface Question {
  /** Short name, and the heading in `docs/unverified.md`. */
  readonly id: string;
  readonly asks: string;
  /** Why the type is right under either answer, or what depends on it. */
  readonly meanwhile: string;
  /** The one command that answers it by hand. */
  readonly command: string;
  /** Answers it without any write. */
  readonly read?: (account: TestAccount) => Promise<Answer>;
  /** Answers it by writes, in a pool that is created for it and deleted afterwards. */
  readonly probe?: (account: TestAccount) => Promise<Answer>;
}

/** The answer where AWS refuses a probe for a reason that has nothing to do with the question. */
export const unrelatedError = ({ name, message }: AwsError): Inconclusive => ({
  why: `AWS refused for another reason (${name}: ${message}).`,
});

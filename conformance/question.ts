import type { Behaviours } from '../emulator/types';
import type { TestAccount } from './test-account';

/** What AWS answered. `mode`: how the embedded AWS is told to behave the same way, where it can be told. */
export interface Answered {
  readonly says: string;
  readonly mode?: Partial<Behaviours>;
}

/** Why there is no answer this time, and what would give one. */
export interface Unanswered {
  readonly why: string;
}

export type Answer = Answered | Unanswered;

/** One thing that no document settles and that a real account can answer. */
export interface Question {
  /** Short name, and the heading in `docs/unverified.md`. */
  readonly id: string;
  readonly asks: string;
  /** Why the type is right under either answer, or what depends on it. */
  readonly meanwhile: string;
  /** The one command that answers it by hand. */
  readonly command: string;
  /** Reads only. */
  readonly look?: (sandbox: TestAccount) => Promise<Answer>;
  /** Writes, in a pool of its own that is gone afterwards. */
  readonly tryOut?: (sandbox: TestAccount) => Promise<Answer>;
}

/** AWS's refusal of something that was tried out. */
export interface Refusal {
  readonly name: string;
  readonly message: string;
}

/** A refusal that answers nothing: it was about something else. */
export const unrelatedError = ({ name, message }: Refusal): Unanswered => ({
  why: `AWS refused for another reason (${name}: ${message}).`,
});

/** The times that an operation has, in milliseconds; every one a part of the two that the environment sets. */
export interface Limits {
  /** From an invocation's start to the end of going forward; what is left of the deadline belongs to undoing. */
  readonly forward: number;
  /** From an invocation's start to its end. */
  readonly deadline: number;
  /** The same for READ and LIST, which CloudFormation gives 30 seconds. */
  readonly reading: number;
  /** After an invocation: bringing its log and metrics to the provider. */
  readonly delivery: number;
  /** One request. */
  readonly request: number;
  /** The first pause between two tries, and the longest. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** After an answer of SES's, until it answers the next call: one a second. */
  readonly sesInterval: number;
  /** Over all rounds: from the first refusal until applying (or undoing) gives up. */
  readonly patience: number;
  /** How long Cognito may take to see a grant that SES has accepted. */
  readonly freshGrant: number;
  /** How long an answer of SES's counts in the rounds that follow. */
  readonly memory: number;
}

/** Reads EMAILSETUP_DEADLINE_MS (40000) and EMAILSETUP_PATIENCE_MS (900000) and derives every other time. */
export function limitsFrom(environment: Readonly<Record<string, string | undefined>>): Limits {
  const deadline = positive(environment['EMAILSETUP_DEADLINE_MS'], 40_000);
  const patience = positive(environment['EMAILSETUP_PATIENCE_MS'], 900_000);
  return {
    deadline,
    forward: (deadline * 5) / 8,
    reading: deadline / 2,
    delivery: deadline / 20,
    request: deadline / 8,
    firstPause: deadline / 160,
    longestPause: deadline / 8,
    sesInterval: deadline / 40,
    patience,
    freshGrant: (patience * 2) / 15,
    memory: patience / 5,
  };
}

function positive(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : otherwise;
}

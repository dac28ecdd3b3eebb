/** The times that an operation has, in milliseconds; every one a part of the two that the environment sets. */
export interface Timeouts {
  /** From an invocation's start to the end of going forward; what is left of the deadline belongs to undoing. */
  readonly forwardDeadline: number;
  /** From an invocation's start to its end. */
  readonly deadline: number;
  /** The same for READ and LIST, which CloudFormation gives 30 seconds. */
  readonly readDeadline: number;
  /** After an invocation: bringing its log and metrics to the provider. */
  readonly logDelivery: number;
  /** One request. */
  readonly requestTimeout: number;
  /** The first pause between two tries, and the longest. */
  readonly backoffBase: number;
  readonly backoffMax: number;
  /** After an answer of SES's, until it answers the next call: one a second. */
  readonly sesInterval: number;
  /** Over all rounds: from the first refusal until applying (or undoing) gives up. */
  readonly stabilizationTimeout: number;
  /** How long Cognito may take to see a grant that SES has accepted. */
  readonly policyPropagation: number;
  /** How long an answer of SES's counts in the rounds that follow. */
  readonly cacheTtl: number;
}

/** Reads EMAILSETUP_DEADLINE_MS (40000) and EMAILSETUP_PATIENCE_MS (900000) and derives every other time. */
export function timeoutsFrom(environment: Readonly<Record<string, string | undefined>>): Timeouts {
  const deadline = positive(environment['EMAILSETUP_DEADLINE_MS'], 40_000);
  const patience = positive(environment['EMAILSETUP_PATIENCE_MS'], 900_000);
  return {
    deadline,
    forwardDeadline: (deadline * 5) / 8,
    readDeadline: deadline / 2,
    logDelivery: deadline / 20,
    requestTimeout: deadline / 8,
    backoffBase: deadline / 160,
    backoffMax: deadline / 8,
    sesInterval: deadline / 40,
    stabilizationTimeout: patience,
    policyPropagation: (patience * 2) / 15,
    cacheTtl: patience / 5,
  };
}

function positive(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : otherwise;
}

/** The times that an operation has, in milliseconds; all but the last four are parts of the two that the environment sets. */
export interface Timeouts {
  /** From an invocation's start until it writes nothing more of the plan; the rest of the deadline is for rolling back. */
  readonly forwardDeadline: number;
  /** From an invocation's start to its end. */
  readonly deadline: number;
  /** The same for READ and LIST, which CloudFormation gives 30 seconds. */
  readonly readDeadline: number;
  /** After an invocation: delivering its log and metrics to the provider's account. */
  readonly logDelivery: number;
  /** One request. */
  readonly requestTimeout: number;
  /** The first pause between two tries, and the longest. */
  readonly backoffBase: number;
  readonly backoffMax: number;
  /** After an answer of SES's, until it answers the next call: one a second. */
  readonly sesInterval: number;
  /** Over all invocations: from the first refusal until applying, or rolling back, gives up. */
  readonly stabilizationTimeout: number;
  /** How long Cognito may take to see a policy that SES has accepted. */
  readonly policyPropagation: number;
  /** How long an answer of SES's counts in the invocations that follow. */
  readonly cacheTtl: number;
  /** Between two looks at a pending verification: at first, and after `verifyingDelayLaterAfter`. CloudFormation keeps these. */
  readonly verifyingDelay: number;
  readonly verifyingDelayLater: number;
  readonly verifyingDelayLaterAfter: number;
  /** How long a connection that is not in use is kept. */
  readonly idleConnectionTimeout: number;
}

/** What the environment does not set. */
const fixed = {
  verifyingDelay: 30_000,
  verifyingDelayLater: 120_000,
  verifyingDelayLaterAfter: 600_000,
  idleConnectionTimeout: 2000,
};

/** Reads EMAILSETUP_DEADLINE_MS (40000) and EMAILSETUP_PATIENCE_MS (900000) and derives every other time. */
export function timeoutsFrom(environment: Readonly<Record<string, string | undefined>>): Timeouts {
  const deadline = positive(environment['EMAILSETUP_DEADLINE_MS'], 40_000);
  const stabilizationTimeout = positive(environment['EMAILSETUP_PATIENCE_MS'], 900_000);
  return {
    deadline,
    forwardDeadline: (deadline * 5) / 8,
    readDeadline: deadline / 2,
    logDelivery: deadline / 20,
    requestTimeout: deadline / 8,
    backoffBase: deadline / 160,
    backoffMax: deadline / 8,
    sesInterval: deadline / 40,
    stabilizationTimeout,
    policyPropagation: (stabilizationTimeout * 2) / 15,
    cacheTtl: stabilizationTimeout / 5,
    ...fixed,
  };
}

function positive(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : otherwise;
}

import type { CheckContext, CheckInput, DeclarationCheck } from './check';
import { configurationSet } from './checks/configuration-set';
import { emailSendingAccount } from './checks/email-sending-account';
import { fromBareAddress, fromCovered, fromMailbox, fromPresence } from './checks/from';
import { identityName, identityRequired } from './checks/identity';
import { replyToEmailAddress } from './checks/reply-to-email-address';
import { alternateSesRegion, sesRegion } from './checks/ses-region';
import { userPoolId } from './checks/user-pool-id';
import { verificationTimeoutMinutes } from './checks/verification-timeout-minutes';
import type { Declaration, RawProperties } from './declaration';
import { readOnlyProblems, unknownPropertyProblems } from './unknown-properties';
import { wellTyped } from './well-typed';

/** The rules on a declaration alone, in the order in which they are reported. */
export const checks: readonly DeclarationCheck[] = [
  userPoolId,
  emailSendingAccount,
  identityRequired,
  identityName,
  sesRegion,
  alternateSesRegion,
  fromPresence,
  fromMailbox,
  fromCovered,
  fromBareAddress,
  replyToEmailAddress,
  configurationSet,
  verificationTimeoutMinutes,
];

/** The properties of a request. */
export interface Properties {
  /** By member, of any type. */
  readonly raw: RawProperties;
  /** The names of those that the schema does not have. */
  readonly unknown: readonly string[];
}

/** The declaration that a request's properties make, or all that is wrong with it, in a sentence or two each. */
export function parseDeclaration(
  properties: Properties,
  context: CheckContext,
): { readonly declaration: Declaration } | { readonly problems: readonly string[] } {
  const problems = declarationProblems(properties, context);
  return problems.length > 0 ? { problems } : { declaration: wellTyped(properties.raw).declaration };
}

/**
 * All that is wrong with a declaration in itself; empty where nothing is. A check that reads one of `notKnownYet` is left
 * out.
 */
export function declarationProblems(
  { raw, unknown }: Properties,
  context: CheckContext,
  notKnownYet: readonly CheckInput[] = [],
): readonly string[] {
  const { declaration, problems } = wellTyped(raw);
  // A property of another type, or empty, counts as absent for the checks: what they say of it would mislead.
  const isNamed = ({ property }: DeclarationCheck) => problems.some((problem) => problem.property === property);
  const failed = checks
    .filter((check) => !isNamed(check) && !check.reads.some((input) => notKnownYet.includes(input)))
    .flatMap((check) => check.check(declaration, context) ?? []);
  return [
    ...unknownPropertyProblems(unknown),
    ...readOnlyProblems(raw, context),
    ...problems.map(({ message }) => message),
    ...failed,
  ];
}

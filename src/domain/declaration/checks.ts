import type { Declaration } from './declaration';
import { identityName, replyToEmailAddress } from './names';
import {
  type CheckContext,
  configurationSet,
  type DeclarationCheck,
  emailSendingAccount,
  userPoolId,
  verificationTimeoutMinutes,
  wellTyped,
} from './properties';
import { sesRegion } from './region';
import { fromMailbox, fromPresence, identityRequired } from './sender';
import { readOnlyProblems, unknownPropertyProblems } from './unknown-properties';

/** The rules on a declaration alone, in the order in which they are reported. */
const checks: readonly DeclarationCheck[] = [
  userPoolId, // Cognito's pattern, 55 characters
  emailSendingAccount, // one of Cognito's two words
  identityRequired, // DEVELOPER needs one
  identityName, // an address or a domain, as SES stores it
  sesRegion, // a Region that AWS's table allows for this pool and sender
  fromPresence, // only with an identity; always with a domain
  fromMailbox, // one mailbox, covered by the identity
  replyToEmailAddress, // one address
  configurationSet, // DEVELOPER only
  verificationTimeoutMinutes, // 0 to 600
];

/** Puts one rule to a declaration. */
export type Ask = (rule: DeclarationCheck, declared: Declaration, context: CheckContext) => string | undefined;

const plainly: Ask = (rule, declared, context) => rule(declared, context);

/**
 * Everything that is wrong with a declaration in itself, a sentence or two each; empty where nothing is. `unknown` are
 * the names of properties that the schema does not have; `ask` lets a caller who does not know every value yet keep a
 * rule from judging what it cannot.
 */
export function declarationProblems(
  declared: Partial<Declaration>,
  unknown: readonly string[],
  context: CheckContext,
  ask: Ask = plainly,
): readonly string[] {
  const strangers = [...unknownPropertyProblems(unknown), ...readOnlyProblems(declared, context)];
  const { typed, problems } = wellTyped(declared);
  const isNamed = (problem: string) => problems.some((said) => said.split(' ')[0] === problem.split(' ')[0]);
  const broken = checks.map((check) => ask(check, typed, context)).filter((problem) => problem !== undefined);
  // A property of the wrong type, or empty, counts as absent for the other rules: what they say of it would mislead.
  return [...strangers, ...problems, ...broken.filter((problem) => !isNamed(problem))];
}

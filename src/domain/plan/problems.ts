import type { Declaration } from '../declaration/declaration';
import { isAddress } from '../declaration/identity';
import type { ErrorCode } from '../errors';

/** Something that a setup cannot be made with: what is wrong, and what to do about it. */
export interface Problem {
  readonly code: ErrorCode;
  /** A whole sentence. */
  readonly message: string;
  /** True where waiting may help: SES has not verified the identity yet. */
  readonly pendingVerification?: boolean;
  /** True where another identity could be declared instead. */
  readonly alternativesHelp?: boolean;
}

/** The code of several problems together: their own, or InvalidRequest where they differ. */
export function codeOf(problems: readonly Problem[]): ErrorCode {
  const [code, ...others] = new Set(problems.map((problem) => problem.code));
  return code === undefined || others.length > 0 ? 'InvalidRequest' : code;
}

/**
 * All problems in one line. `alternatives` are verified domains that could be declared as `Identity` instead; the first
 * is named in the problems that it helps with.
 */
export function renderProblems(
  problems: readonly Problem[],
  declared: Declaration,
  alternatives: readonly string[] = [],
): string {
  const offer = offerOf(declared, alternatives);
  const sentences = problems.map(({ message, alternativesHelp }) =>
    alternativesHelp ? message.replace(/\.$/, () => `${offer}.`) : message,
  );
  return sentences.join(' ');
}

function offerOf({ identity, from, emailSendingAccount }: Declaration, [domain]: readonly string[]): string {
  if (domain === undefined || identity === undefined) return '';
  const sender = isAddress(identity) && from === undefined ? ` and From: ${identity}` : '';
  const account = emailSendingAccount === 'DEVELOPER' ? '' : ', best with EmailSendingAccount: DEVELOPER';
  return `; or use ${domain}, which is verified there: Identity: ${domain}${sender}${account}`;
}

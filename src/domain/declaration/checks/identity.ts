import { parseIdentityArn } from '../../identity-ref';
import { declarationCheck } from '../check';
import { isAddress, isDomainName, isMailAddress, mayBeInUse } from '../identity';
import { addressInBrackets, commonMistake } from '../mistakes';

/** DEVELOPER sends with an identity of the account's own. */
export const identityRequired = declarationCheck({
  property: 'Identity',
  reads: ['emailSendingAccount', 'identity'],
  check({ emailSendingAccount, identity }) {
    return emailSendingAccount === 'DEVELOPER' && identity === undefined
      ? 'Identity is missing: EmailSendingAccount DEVELOPER sends with an SES identity of yours, so write its address or domain.'
      : undefined;
  },
});

/** An identity is named by its address or domain, as SES stores it. */
export const identityName = declarationCheck({
  property: 'Identity',
  reads: ['identity'],
  check({ identity: name }, { operation }) {
    if (name === undefined) return undefined;
    if (name.startsWith('arn:')) {
      const inside = parseIdentityArn(name)?.identity ?? 'example.com';
      return `Identity is an ARN: write the identity's name alone, ${inside}, and its Region as SesRegion.`;
    }
    // IAM reads * and ? in the policy's Resource as wildcards, and ${ as a variable: no identity may widen it.
    if (/[*?]|\$\{/.test(name))
      return 'Identity has a wildcard: write the name of one address or domain that SES has verified.';
    // What was set by hand and imported must be able to be updated and rolled back to.
    if (operation === 'update' && mayBeInUse(name)) return undefined;
    const problem = nameProblem(name);
    return problem && `Identity ${JSON.stringify(name)} ${problem}.`;
  },
});

function nameProblem(name: string): string | undefined {
  const inside = addressInBrackets(name);
  if (inside !== undefined) return `is a sender, which From takes: write the identity alone, ${inside}`;
  if (isAddress(name) ? isMailAddress(name) : isDomainName(name)) return undefined;
  if (isDomainName(name.toLowerCase())) return `has upper-case letters in its domain: write ${name.toLowerCase()}`;
  if (name.includes(':')) return 'has a colon, which no identity has: write its address or domain alone';
  const otherwise = isAddress(name)
    ? 'is not an address: write such as no-reply@example.com'
    : 'is neither an address nor a domain: write such as no-reply@example.com or example.com';
  return commonMistake(name) ?? otherwise;
}

import { parseIdentityArn } from '../arns';
import { domainOf, isAddress, isDomainName, isMailAddress, mayBeInUse } from './identity';
import { notAscii } from './mailbox';
import type { DeclarationCheck } from './properties';

/** An identity is named by its address or domain, as SES stores it. */
export const identityName: DeclarationCheck = ({ identity: name }, { operation }) => {
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
  const problem = identityProblem(name);
  return problem && `Identity ${JSON.stringify(name)} ${problem}.`;
};

function identityProblem(name: string): string | undefined {
  const inside = bracketed(name);
  if (inside !== undefined) return `is a sender, which From takes: write the identity alone, ${inside}`;
  if (isAddress(name) ? isMailAddress(name) : isDomainName(name)) return undefined;
  if (isDomainName(name.toLowerCase())) return `has upper-case letters in its domain: write ${name.toLowerCase()}`;
  if (name.includes(':')) return 'has a colon, which no identity has: write its address or domain alone';
  const meant = isAddress(name)
    ? 'is not an address: write such as no-reply@example.com'
    : 'is neither an address nor a domain: write such as no-reply@example.com or example.com';
  return slip(name) ?? meant;
}

/** Cognito's own pattern: what it has accepted may be rolled back to. */
const acceptedByCognito = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u;

/** Replies go to one bare address. */
export const replyToEmailAddress: DeclarationCheck = ({ replyToEmailAddress: address }, { operation }) => {
  if (address === undefined || (operation === 'update' ? acceptedByCognito : { test: isMailAddress }).test(address))
    return undefined;
  const inside = bracketed(address);
  const problem =
    inside === undefined
      ? (slip(address) ?? 'is not one address: write it as name@example.com')
      : `has a name, which Cognito does not take here: write ${inside}`;
  return `ReplyToEmailAddress ${JSON.stringify(address)} ${problem}.`;
};

/** The address in `Display Name <address>`. */
function bracketed(text: string): string | undefined {
  return /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text)?.[1];
}

/** What people write where one bare address or domain is meant, as the rest of a sentence. */
function slip(name: string): string | undefined {
  const listed = name.split(/[\s,;]+/).filter((part) => part !== '');
  if (listed.length > 1 && listed.every(mayBeInUse)) return `names ${listed.length}, where one is meant: write one`;
  if (name.endsWith('.')) return 'ends with a full stop: write it without';
  const foreign = notAscii(name);
  if (foreign) return foreign;
  return domainOf(name).includes('_') && mayBeInUse(name)
    ? 'has an underscore in its domain, which a mail domain cannot have: write the domain that it stands for'
    : undefined;
}

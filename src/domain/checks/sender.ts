import { parseIdentityArn } from '../arn';
import { covers, domainOf, isAddress, isDomainName, isMailAddress } from '../identity';
import { addressProblem, parseMailbox } from '../mailbox';
import type { DeclarationCheck } from './properties';

/** An identity is named by its address or domain, in the form that SES stores. */
export const identityName: DeclarationCheck = ({ identity: name }) => {
  if (name === undefined) return undefined;
  if (name.startsWith('arn:')) {
    const inside = parseIdentityArn(name)?.identity ?? 'example.com';
    return `Identity is an ARN: write the identity's name alone, ${inside}, and its Region as SesRegion.`;
  }
  // IAM reads * and ? in the policy's Resource as wildcards, and ${ as a variable: no identity may widen it.
  if (/[*?]|\$\{/.test(name))
    return 'Identity has a wildcard: write the name of one address or domain that SES has verified.';
  const domain = domainOf(name);
  if (domain !== domain.toLowerCase()) {
    return `Identity ${name} has upper-case letters in its domain: write ${name.slice(0, name.length - domain.length)}${domain.toLowerCase()}.`;
  }
  const problem = isAddress(name) ? addressProblem(name) : domainProblem(name);
  return problem && `Identity ${JSON.stringify(name)} ${problem}.`;
};

function domainProblem(name: string): string | undefined {
  const { length } = name;
  // An address of the domain has the same faults, and says how to write them.
  if (/[^ -~]/.test(name)) return addressProblem(`a@${name}`);
  return length > 0 && isDomainName(name)
    ? undefined
    : 'is neither an address nor a domain: write such as no-reply@example.com or example.com';
}

export const identityRequired: DeclarationCheck = ({ emailSendingAccount, identity }) =>
  emailSendingAccount === 'DEVELOPER' && identity === undefined
    ? 'Identity is missing: EmailSendingAccount DEVELOPER sends with an SES identity of yours, so write its address or domain.'
    : undefined;

/** A `From` only goes with an identity; a domain identity demands one. */
export const fromPresence: DeclarationCheck = (declared, context) => {
  const { emailSendingAccount, identity, from } = declared;
  if (identityName(declared, context)) return undefined;
  if (from !== undefined && identity === undefined) {
    return 'From is declared without Identity: write the SES identity that may send it, or take From out for no-reply@verificationemail.com.';
  }
  if (from === undefined && identity !== undefined && !isAddress(identity)) {
    return `From is missing: the identity ${identity} is a domain, so write the address to send from, such as no-reply@${identity}.`;
  }
  if (
    from !== undefined &&
    identity !== undefined &&
    isAddress(identity) &&
    emailSendingAccount === 'COGNITO_DEFAULT'
  ) {
    return `From does not go with COGNITO_DEFAULT and an address identity: take it out, mail comes from ${identity}.`;
  }
  return undefined;
};

/** One mailbox, and one that the identity may send as. */
export const fromMailbox: DeclarationCheck = (declared, context) => {
  const { from } = declared;
  if (from === undefined) return undefined;
  const mailbox = parseMailbox(from);
  if ('problem' in mailbox) return `From ${mailbox.problem}.`;
  const identity = identityName(declared, context) ? undefined : declared.identity;
  if (identity !== undefined && !covers(identity, mailbox.address)) {
    const wanted = isAddress(identity) ? identity : `an address in ${identity} or a subdomain of it`;
    return `From sends as ${mailbox.address}, which the identity ${identity} does not cover: write ${wanted}, or name another Identity.`;
  }
  if (declared.emailSendingAccount === 'COGNITO_DEFAULT' && mailbox.name !== '') {
    return `From has a display name, which COGNITO_DEFAULT does not send: write ${mailbox.address} alone, or send as DEVELOPER.`;
  }
  return undefined;
};

export const replyToEmailAddress: DeclarationCheck = ({ replyToEmailAddress: address }) =>
  address === undefined || isMailAddress(address)
    ? undefined
    : `ReplyToEmailAddress ${JSON.stringify(address)} is not one address: write it as name@example.com, without a name.`;

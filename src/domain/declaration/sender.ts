import { covers, isAddress } from './identity';
import { parseMailbox } from './mailbox';
import { identityName } from './names';
import type { DeclarationCheck } from './properties';

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
  const mailbox = parseMailbox(from, context.operation);
  if ('problem' in mailbox) return `From ${mailbox.problem}.`;
  const { address } = mailbox;
  const identity = identityName(declared, context) ? undefined : declared.identity;
  if (identity !== undefined && !covers(identity, address)) {
    const wanted = isAddress(identity) ? identity : `an address in ${identity} or a subdomain of it`;
    return `From sends as ${address}, which the identity ${identity} does not cover: write ${wanted}, or name another Identity.`;
  }
  // In an Update it may be live, and Cognito has the last word on it.
  if (declared.emailSendingAccount === 'COGNITO_DEFAULT' && from !== address && context.operation === 'create') {
    const more = mailbox.name === '' ? 'is more than an address' : 'has a display name';
    return `From ${more}, which COGNITO_DEFAULT does not send: write ${address} alone, or send as DEVELOPER.`;
  }
  return undefined;
};

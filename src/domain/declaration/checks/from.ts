import { declarationCheck } from '../check';
import { covers, isAddress } from '../identity';
import { type Mailbox, parseMailbox } from '../mailbox';
import { identityName } from './identity';

/** A `From` only goes with an identity; a domain identity requires one. */
export const fromPresence = declarationCheck({
  property: 'From',
  reads: ['emailSendingAccount', 'identity', 'from'],
  check({ emailSendingAccount, identity, from }, context) {
    if (identityName.check({ identity }, context)) return undefined;
    if (identity === undefined) {
      return from === undefined
        ? undefined
        : 'From is declared without Identity: write the SES identity that may send it, or take From out for no-reply@verificationemail.com.';
    }
    if (from === undefined && !isAddress(identity)) {
      return `From is missing: the identity ${identity} is a domain, so write the address to send from, such as no-reply@${identity}.`;
    }
    return from !== undefined && isAddress(identity) && emailSendingAccount === 'COGNITO_DEFAULT'
      ? `From does not go with COGNITO_DEFAULT and an address identity: take it out, mail comes from ${identity}.`
      : undefined;
  },
});

/** One mailbox. */
export const fromMailbox = declarationCheck({
  property: 'From',
  reads: ['from'],
  check({ from }, { operation }) {
    const mailbox = from === undefined ? undefined : parseMailbox(from, operation);
    return mailbox && 'problem' in mailbox ? `From ${mailbox.problem}.` : undefined;
  },
});

/** An address that the identity may send as. */
export const fromCovered = declarationCheck({
  property: 'From',
  reads: ['identity', 'from'],
  check({ identity, from }, context) {
    const mailbox = mailboxIn(from, context.operation);
    if (!mailbox || identity === undefined || identityName.check({ identity }, context)) return undefined;
    const { address } = mailbox;
    if (covers(identity, address)) return undefined;
    const wanted = isAddress(identity) ? identity : `an address in ${identity} or a subdomain of it`;
    return `From sends as ${address}, which the identity ${identity} does not cover: write ${wanted}, or name another Identity.`;
  },
});

/** Cognito's default sender sends from a bare address. */
export const fromBareAddress = declarationCheck({
  property: 'From',
  reads: ['emailSendingAccount', 'identity', 'from'],
  check({ emailSendingAccount, identity, from }, context) {
    const mailbox = mailboxIn(from, context.operation);
    // In an Update it may be live, and Cognito decides.
    if (!mailbox || emailSendingAccount !== 'COGNITO_DEFAULT' || context.operation === 'update') return undefined;
    if (from === mailbox.address || fromCovered.check({ identity, from }, context)) return undefined;
    const more = mailbox.name === '' ? 'is more than an address' : 'has a display name';
    return `From ${more}, which COGNITO_DEFAULT does not send: write ${mailbox.address} alone, or send as DEVELOPER.`;
  },
});

function mailboxIn(from: string | undefined, operation: 'create' | 'update'): Mailbox | undefined {
  const mailbox = from === undefined ? undefined : parseMailbox(from, operation);
  return mailbox && !('problem' in mailbox) ? mailbox : undefined;
}

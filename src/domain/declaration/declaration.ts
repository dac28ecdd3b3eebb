import type { Attributes, Declaration, WriteOnlyMember } from './declaration.generated';

export type { Attributes, Declaration };

/** Cognito's own words for who sends a pool's mail. */
export type EmailSendingAccount = Declaration['emailSendingAccount'];

/** What Read returns: a declaration without its write-only part, and the attributes of what was set up. */
export type ReadBack = Omit<Declaration, WriteOnlyMember> & Attributes;

/** The properties of a request by member, before their types are checked. */
export type RawProperties = { readonly [member in keyof (Declaration & Attributes)]?: unknown };

import { createHash } from 'node:crypto';
import { type JsonObject, stringAt } from './json';

/** The tag that a pool with a setup carries: the setup's record. */
export const poolTag = 'Org::Cognito::EmailSetup';

/** The owner of a setup that no stack declares: Cloud Control, the contract tests. */
export const noStack = '-';
/** Whose a sender was before a take-over where no record named an owner: made by hand. */
export const nobody = '.';

/** What the pool's tag says; every part but the signs for "no stack" and "nobody" is a short hash. */
export interface SetupTag {
  /** Of the request token of the Create that made the setup. */
  readonly token: string;
  /** Of the stack and the logical id that declare the setup, or `noStack`. Only the owner's Delete takes it away. */
  readonly owner: string;
  /** Of the sender that was set, see `senderOf`. */
  readonly sender: string;
  /** Whose the sender was before a take-over that kept it: an owner, `noStack` or `nobody`. */
  readonly before?: string | undefined;
}

const form = /^v2 ([0-9a-f]{16}) ([0-9a-f]{16}|-) ([0-9a-f]{16})(?: ([0-9a-f]{16}|[-.]))?$/;

/** Reads a value of the tag; undefined where there is none, or one of another form: such a tag names no owner. */
export function parseSetupTag(value: string | undefined): SetupTag | undefined {
  const [, token, owner, sender, before] = form.exec(value ?? '') ?? [];
  return token && owner && sender ? { token, owner, sender, before } : undefined;
}

/** The value of the tag, in the form that `parseSetupTag` reads. */
export function formatSetupTag({ token, owner, sender, before }: SetupTag): string {
  return ['v2', token, owner, sender, ...(before === undefined ? [] : [before])].join(' ');
}

/** A short hash: enough to recognise what was hashed, nothing to reuse. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Who asks, as the tag names owners: the resource of a stack, or `noStack`. */
export function ownerOf(stackId: string | undefined, logicalResourceId: string | undefined): string {
  return stackId ? shortHash(JSON.stringify([stackId, logicalResourceId ?? ''])) : noStack;
}

/** The sender of an `EmailConfiguration`, as the tag names senders: who sends, with which identity. */
export function senderHash(emailConfiguration: JsonObject): string {
  const account = stringAt(emailConfiguration, 'EmailSendingAccount') ?? 'COGNITO_DEFAULT';
  return shortHash(JSON.stringify([account, stringAt(emailConfiguration, 'SourceArn') ?? '']));
}

/** The sender of a pool that nobody has configured: Cognito's own, no-reply@verificationemail.com. */
export const cognitoDefaultSender = senderHash({});

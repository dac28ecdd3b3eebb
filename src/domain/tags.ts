import { type JsonObject, stringAt } from './json';
import { shortHash } from './owners';

/** The key of the tag that a pool with a setup carries. */
export const poolTag = 'Org::Cognito::EmailSetup';

/** What the tag's value says; every part is a short hash, but for the owners `noStack` and `nobody`. */
export interface SetupTag {
  /** Of the request token of the Create that made the setup. */
  readonly token: string;
  /** The owner of the setup, see `ownerOf`. Only the owner's Delete takes it away. */
  readonly owner: string;
  /** Of the sender that was set, see `senderHash`. */
  readonly sender: string;
  /** The owner of the sender before a take-over that kept it: an owner, `noStack` or `nobody`. */
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

/** The sender of an `EmailConfiguration`, as the tag names senders: who sends, with which identity. */
export function senderHash(emailConfiguration: JsonObject): string {
  const account = stringAt(emailConfiguration, 'EmailSendingAccount') ?? 'COGNITO_DEFAULT';
  return shortHash(JSON.stringify([account, stringAt(emailConfiguration, 'SourceArn') ?? '']));
}

/** The sender of a pool without an e-mail configuration: Cognito's own, no-reply@verificationemail.com. */
export const cognitoDefaultSender = senderHash({});

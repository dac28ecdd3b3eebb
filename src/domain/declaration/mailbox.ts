import { domainToASCII } from 'node:url';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import { addressParser, decodeWords } from 'postal-mime';
import type { CheckContext } from './check';
import { domainOf, isMailAddress, mayBeInUse } from './identity';
import { propertyOf } from './schema';

/** The parts of an RFC 5322 mailbox; `name` is empty for a bare address. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** Create accepts what all mail software can read; Update accepts what may be live, for it may be a rollback to that. */
type Operation = CheckContext['operation'];

/** The longest `From` that can be declared: a longer one is read as it is. */
const { maxLength = 0 } = propertyOf('From');
/** RFC 2047 allows 75 characters a word; 52 leaves room for the header's name, as mailers do. */
const wordLength = 52;
const encodedWord = /=\?[^?\s]+\?[bq]\?[^?]*\?=/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get into a header
const controls = /[\u0000-\u001f\u007f]/;
const ascii = /^[ -~]*$/;
const beyondAscii = /[\u0080-\uffff]/;
/** RFC 5322 3.2.3: the characters that may not stand in a name without quotes. */
const specials = /[()<>[\]:;@\\,."]/;
/** The same without the full stop, which RFC 5322 4.1 obliges every reader to accept. */
const misread = /[()<>[\]:;@\\,"]/;
const quotedString = /"((?:[^"\\]|\\.)*)"/g;
const angled = /<([^<>]*)>\s*$/;

function needsQuotes(name: string): boolean {
  return specials.test(name) || name !== name.trim();
}

/** A mailbox in the form that every reader parses alike. */
function format({ name, address }: Mailbox): string {
  if (name === '') return address;
  return needsQuotes(name) ? `"${name.replace(/["\\]/g, '\\$&')}" <${address}>` : `${name} <${address}>`;
}

/** What stands before `<address>`, without its quotes. */
function nameBefore(text: string): string {
  const raw = text.slice(0, text.lastIndexOf('<')).trim();
  return raw.replace(quotedString, (_, inside: string) => inside.replace(/\\(.)/gs, '$1'));
}

/** Parses a declared `From`. Returns the mailbox, or a problem as the rest of a sentence that begins with `From`. */
export function parseMailbox(text: string, operation: Operation): Mailbox | { readonly problem: string } {
  if (controls.test(text))
    return { problem: 'has a line break or another control character, which could inject a header: take it out' };
  const end = angled.exec(text);
  const address = (end?.[1] ?? text).trim();
  const unquoted = text.slice(0, end?.index ?? 0).replace(quotedString, '');
  const invalidAddress = addressProblem(address, operation);
  if (invalidAddress) return { problem: severalIn(text) ?? invalidAddress };
  const mailbox = { name: end ? nameBefore(text) : '', address };
  const problem = ascii.test(text) ? asciiProblem(text, unquoted, mailbox, operation) : encodedProblem(text, mailbox);
  return problem === undefined ? mailbox : { problem: (unquoted.includes('@') && severalIn(text)) || problem };
}

/** What is wrong with an ASCII `From`, which is sent as it stands. */
function asciiProblem(text: string, unquoted: string, mailbox: Mailbox, operation: Operation): string | undefined {
  const name = encodedWord.test(mailbox.name) ? decodeWords(mailbox.name) : mailbox.name;
  const right = format({ ...mailbox, name });
  if (unquoted.includes('@')) return `has an @ outside quotes before its address: write ${right}`;
  if (operation === 'update') return undefined;
  if (misread.test(unquoted)) return `has a name that mail software may take apart wrongly: write ${right}`;
  // Read cannot tell it from a name that the type has encoded.
  return decodeFrom(text) === text ? undefined : `has a name that is encoded for you: write ${right}`;
}

/** What is wrong with a `From` that must be encoded: only one spelling of it can be read back. */
function encodedProblem(text: string, mailbox: Mailbox): string | undefined {
  if (readsBack(text)) return undefined;
  const right = format(mailbox);
  return readsBack(right)
    ? `is not in the form that reads back as it was declared: write ${right}`
    : 'has a name that is not valid Unicode: write it anew';
}

const readsBack = (text: string): boolean => decodeFrom(encodeFrom(text)) === text;

function severalIn(text: string): string | undefined {
  const parsed = addressParser(text);
  if (parsed.some((entry) => entry.group)) return 'is a group of mailboxes: write one mailbox';
  return parsed.filter((entry) => entry.address).length > 1 ? 'has several mailboxes: write one' : undefined;
}

/** Why an address cannot be sent from, as the rest of a sentence; undefined where it can. */
function addressProblem(address: string, operation: Operation): string | undefined {
  return (
    notAscii(address) ??
    ((operation === 'create' ? isMailAddress(address) : address.includes('@') && mayBeInUse(address))
      ? undefined
      : 'is not an address: write name@example.com or Display Name <name@example.com>')
  );
}

/** What to write in place of an address or a domain that is not ASCII; undefined for one that is. */
export function notAscii(name: string): string | undefined {
  const domain = domainOf(name);
  if (beyondAscii.test(domain)) {
    return `has a domain that is not ASCII: write ${domainToASCII(domain) || 'its xn-- form'} in place of ${domain}`;
  }
  return beyondAscii.test(name)
    ? 'has characters before the @ that are not ASCII, which SES cannot send from: use an ASCII address'
    : undefined;
}

/**
 * A declared `From` as it is sent to Cognito: ASCII as it stands, another name as RFC 2047 encoded words. Their charset
 * is in lower case, which other encoders (CDK, mailers) do not write: so Read tells its own from theirs.
 */
export function encodeFrom(declared: string): string {
  if (ascii.test(declared)) return declared;
  const words = encodeWord(nameBefore(declared), 'B', wordLength).replaceAll('=?UTF-8?B?', '=?utf-8?B?');
  return `${words} ${declared.slice(declared.lastIndexOf('<'))}`;
}

/** What Cognito returns, as it would be declared: only what `encodeFrom` itself writes is decoded. */
export function decodeFrom(sent: string): string {
  const end = sent.length > maxLength ? null : angled.exec(sent);
  if (!end) return sent;
  const name = ascii.test(sent) ? decodeWords(sent.slice(0, end.index).trim()) : nameBefore(sent);
  const declared = format({ name, address: end[1] ?? '' });
  if (ascii.test(declared) || controls.test(declared)) return sent;
  // A name that was set without encoding is declared like any other.
  return !ascii.test(sent) || encodeFrom(declared) === sent ? declared : sent;
}

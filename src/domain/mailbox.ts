import { domainToASCII } from 'node:url';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import { addressParser, decodeWords } from 'postal-mime';
import { domainOf, isMailAddress } from './identity';

/** One RFC 5322 mailbox, taken apart; `name` is empty for a bare address. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** RFC 2047 allows 75 characters a word; 52 leaves room for the header's name, as mailers do. */
const wordLength = 52;
const encodedWord = /=\?[^?\s]+\?[bq]\?[^?]*\?=/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get into a header
const controls = /[\u0000-\u001f\u007f]/;
const ascii = /^[ -~]*$/;
/** RFC 5322 3.2.3: the characters that may not stand in a name without quotes. */
const specials = /[()<>[\]:;@\\,."]/;

function needsQuotes(name: string): boolean {
  return specials.test(name) || name !== name.trim();
}

/** The one spelling of a mailbox that reads back as it was written. */
function spell({ name, address }: Mailbox): string {
  if (name === '') return address;
  return needsQuotes(name) ? `"${name.replace(/["\\]/g, '\\$&')}" <${address}>` : `${name} <${address}>`;
}

/** What stands before `<address>`, its quotes taken off. */
function nameBefore(text: string): { readonly name: string; readonly quoted: boolean } {
  const raw = text.slice(0, text.lastIndexOf('<')).trim();
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(raw);
  return quoted ? { name: (quoted[1] ?? '').replace(/\\(.)/g, '$1'), quoted: true } : { name: raw, quoted: false };
}

/**
 * Reads a declared `From`: `address` or `Display Name <address>` (RFC 5322 3.4, without groups and comments).
 * Answers the mailbox, or the rest of a sentence that begins with `From`.
 */
export function parseMailbox(text: string): Mailbox | { readonly problem: string } {
  if (controls.test(text))
    return { problem: 'has a line break or another control character, which could inject a header: take it out' };
  if (encodedWord.test(text))
    return { problem: 'has an encoded word (=?…?=): write the name itself, it is encoded for you' };
  const parsed = addressParser(text);
  if (parsed.some((entry) => entry.group)) return { problem: 'is a group of mailboxes: write one mailbox' };
  if (parsed.filter((entry) => entry.address).length > 1) return { problem: 'has several mailboxes: write one' };

  const angled = /<([^<>]*)>\s*$/.exec(text);
  const address = (angled ? (angled[1] ?? '') : text).trim();
  const refusal = addressProblem(address);
  if (refusal) return { problem: refusal };
  const { name, quoted } = angled ? nameBefore(text) : { name: '', quoted: false };
  const right = spell({ name, address });
  const asWritten = ascii.test(name) && quoted ? `"${text.slice(1, text.lastIndexOf('"'))}" <${address}>` : right;
  if (text !== asWritten) return { problem: `is not in the form that reads back as it was declared: write ${right}` };
  if (decodeWords(encodeWord(name, 'B', wordLength)) !== name)
    return { problem: 'has a name that is not valid Unicode: write it anew' };
  return { name, address };
}

/** Why an address cannot be sent from, as the rest of a sentence; undefined where it can. */
export function addressProblem(address: string): string | undefined {
  const domain = domainOf(address);
  if (!ascii.test(domain)) {
    return `has a domain that is not ASCII: write ${domainToASCII(domain) || 'its xn-- form'} in place of ${domain}`;
  }
  if (!ascii.test(address))
    return 'has characters before the @ that are not ASCII, which SES cannot send from: use an ASCII address';
  return isMailAddress(address)
    ? undefined
    : 'is not an address: write name@example.com or Display Name <name@example.com>';
}

/** A declared `From` as it is sent to Cognito: ASCII as it stands, another name as RFC 2047 encoded words. */
export function encodeFrom(declared: string): string {
  if (ascii.test(declared)) return declared;
  const { name } = nameBefore(declared);
  return `${encodeWord(name, 'B', wordLength)} ${declared.slice(declared.lastIndexOf('<'))}`;
}

/** The inverse of `encodeFrom`: what Cognito returns, as it was declared. */
export function decodeFrom(sent: string): string {
  const words = /^(.*\S)\s*<([^<>]*)>$/.exec(sent);
  if (!words?.[1] || !encodedWord.test(sent)) return sent;
  return spell({ name: decodeWords(words[1]), address: words[2] ?? '' });
}

/** A stretch of a text that is an e-mail address, or several that run into each other. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What stands between local part and domain, as itself, percent-encoded, or escaped as in JSON or HTML. */
const joint = /[@＠﹫]|%(?:25){0,8}40|\\{1,8}u0040|&(?:#64|#x40|commat);/gi;
const unicodeEscape = /\\{1,8}u[0-9a-f]{4}/iy;
/** What an unquoted local part cannot have (RFC 5322); whatever is not ASCII may be in one (RFC 6531). */
const endsLocal = /[\s<>()[\]",:;@＠﹫\\\p{Cc}]/u;
/** The rest of a domain of ASCII, percent-encoded or not; of one in another script, whatever is no space or bracket. */
const inDomain = /[\w.%-]|[^\p{ASCII}\s\p{Cc}\p{Pi}\p{Pf}\p{Ps}\p{Pe}]/u;
const inLiteral = /[^\]\s<>"()@]/;
/** What is put around an address, and is not taken for a part of it; ASCII's braces are a local part's own. */
const quoting = /['`]|(?!\p{ASCII})[\p{Pi}\p{Pf}\p{Ps}\p{Pe}]/u;

/**
 * Every address in a text, in order. They are looked for from the last to the first, for what runs into an address from its
 * left belongs to it: so no character is looked at more than a few times, whatever the text.
 */
export function addressesIn(text: string): readonly Stretch[] {
  const joints = [...text.matchAll(joint)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
  const startByEnd = new Map(joints.map(({ start, end }) => [end, start]));
  const found: Stretch[] = [];
  for (const [number, { start, end }] of [...joints.entries()].reverse()) {
    const next = found.at(-1)?.start ?? text.length;
    if (start >= next) continue;
    const domainEnd = endOfDomain(text, end, Math.min(next, joints[number + 1]?.start ?? next));
    if (domainEnd === end) continue;
    const localStart = startOfLocal(text, start, startByEnd);
    // A comment before the joint, or a quotation mark that nothing opens, is the end of an address all the same.
    const isAddress = localStart < start || /[)\]"]/.test(text[start - 1] ?? '');
    if (isAddress) found.push({ start: localStart, end: domainEnd });
  }
  return found.reverse();
}

function endOfDomain(text: string, from: number, limit: number): number {
  let end = from;
  if (text[from] === '[' && from < limit) {
    do end += 1;
    while (end < limit && inLiteral.test(text[end] ?? ''));
    if (text[end] === ']' && end < limit) end += 1;
  }
  while (end < limit) {
    const escaped = escapeAt(text, end);
    if (escaped === 0 && !inDomain.test(text[end] ?? '')) break;
    end = Math.min(limit, end + Math.max(1, escaped));
  }
  // The full stop of a sentence is not the domain's.
  while (end > from && /[.%-]/.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

/** Where the local part before a joint begins: words, quoted or not, with full stops or other joints between them. */
function startOfLocal(text: string, from: number, joints: ReadonlyMap<number, number>): number {
  let [start, end] = [from, from];
  while (start > 0) {
    const before = text[start - 1] ?? '';
    const joined = joints.get(start);
    if (joined !== undefined) [start, end] = [joined, joined];
    else if (before === '"' && (start === end || text[start] === '.')) {
      const opening = openingQuote(text, start - 1);
      if (opening === undefined) break;
      start = opening;
      if (text[start - 1] !== '.' && !joints.has(start)) return start;
    } else if (!endsLocal.test(before) || (before === '\\' && escapeAt(text, start - 1) > 0)) start -= 1;
    else break;
  }
  return withoutLead(text, start, end);
}

/** A path, an escaped line break or a quotation mark that stands before an address is not taken for a part of it. */
function withoutLead(text: string, from: number, end: number): number {
  let start = from;
  // As in the ARN of an SES identity.
  if (text[start - 1] === ':' && text.startsWith('identity/', start)) start += 'identity/'.length;
  if (text[start - 1] === '\\' && /[bfnrt]/.test(text[start] ?? '')) start += 1;
  while (start < end && quoting.test(text[start] ?? '')) start += 1;
  return start;
}

/** The quotation mark that opens what another one closes: the nearest before it that is escaped as often, or less often. */
function openingQuote(text: string, closing: number): number | undefined {
  const depth = depthOf(text, closing);
  for (let at = text.lastIndexOf('"', closing - 1); at >= 0; at = at === 0 ? -1 : text.lastIndexOf('"', at - 1)) {
    if (depthOf(text, at) <= depth) return at;
  }
  return undefined;
}

/** How often a quotation mark is escaped: `"` not at all, `\"` once, `\\\"` twice; the marks of `\\"` are the text's own. */
function depthOf(text: string, quote: number): number {
  let backslashes = 0;
  while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
  let depth = 0;
  for (; backslashes % 2 === 1; backslashes = (backslashes - 1) / 2) depth += 1;
  return depth;
}

/** The length of an escaped character as in JSON, `\u0915`; 0 where there is none. */
function escapeAt(text: string, at: number): number {
  if (text[at] !== '\\') return 0;
  unicodeEscape.lastIndex = at;
  return unicodeEscape.test(text) ? unicodeEscape.lastIndex - at : 0;
}

import { isObject } from '../domain/json';
import { addressesIn } from './addresses';
import { withoutSecrets } from './secrets';

/**
 * A function that makes a text fit for a log: without the secrets, and without any address that does not stand as a whole in
 * what was declared. AWS's own words may hold anything.
 */
export function redaction(secrets: readonly string[], declared: unknown): (text: string) => string {
  const harmless = withoutSecrets(secrets);
  const known = new Set(stringsIn(declared).flatMap((text) => slices(text).map(plain)));
  return (text) =>
    withoutAddresses(harmless(text), (address) => known.has(plain(address)) || known.has(decoded(address)));
}

function withoutAddresses(text: string, isKnown: (address: string) => boolean): string {
  let [rest, harmless] = [0, ''];
  for (const { start, end } of addressesIn(text)) {
    const address = text.slice(start, end);
    harmless += text.slice(rest, start) + (isKnown(address) ? address : '<address>');
    rest = end;
  }
  return harmless + text.slice(rest);
}

const slices = (text: string) => addressesIn(text).map(({ start, end }) => text.slice(start, end));
const plain = (address: string) => address.toLowerCase();

/** A percent-encoded address as it was before, without what a URL may have around it. */
function decoded(address: string): string {
  try {
    return plain(decodeURIComponent(address)).replaceAll(/^[<"'\s]+|[>"'\s]+$/g, '');
  } catch {
    return plain(address);
  }
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return isObject(value) ? Object.values(value).flatMap(stringsIn) : [];
}

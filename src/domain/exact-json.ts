import { compareNumber, isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json';
import { isObject, type Json, type JsonObject } from './json';

/*
 * JSON can have numbers that JavaScript rounds or rewrites: 9007199254740993, 1e400, 1.10. Such a number is kept as a
 * string, its text after a mark, and so passes through whatever JSON passes through, the callback context included. A
 * string of AWS's that begins with the mark, a character of private use, gets another one in front while it is here.
 */
const mark = '\uE000';

/** The JSON object that a text spells, every number to the digit; undefined for anything else. */
export function parseExactly(text: string): JsonObject | undefined {
  try {
    const value = parse(text, marked, { onDuplicateKey: ({ newValue }) => newValue });
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function marked(_member: string, value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(mark) ? mark + value : value;
  if (!isLosslessNumber(value)) return value;
  const number = Number(value.value);
  return String(number) === value.value ? number : mark + value.value;
}

/** The text of JSON that `parseExactly` has read, or that was made here. */
export function stringifyExactly(json: JsonObject): string {
  return stringify(json, unmarked) ?? '';
}

function unmarked(_member: string, value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith(mark)) return value;
  const text = value.slice(1);
  return text.startsWith(mark) ? text : new LosslessNumber(text);
}

/** The digits of a number, as AWS spelled them where JavaScript would not; undefined for anything else. */
function digitsOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && /^\uE000[-\d]/.test(value) ? value.slice(1) : undefined;
}

/** The number nearest to a value that is one; undefined for anything else. */
export function numberOf(value: Json | undefined): number | undefined {
  const digits = digitsOf(value);
  return digits === undefined ? undefined : Number(digits);
}

/** Are both numbers, and of the same value to the last digit, however they are spelled? */
export function isSameNumber(one: Json, other: Json): boolean {
  const [first, second] = [digitsOf(one), digitsOf(other)];
  return first !== undefined && second !== undefined && compareNumber(first, second) === 0;
}

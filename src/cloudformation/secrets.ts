/** A function that takes secrets out of a text, in whatever form a request or an error of AWS's quotes them. */
export function withoutSecrets(secrets: readonly string[]): (text: string) => string {
  // The longest first: one secret may begin with another.
  const longestFirst = [...new Set(secrets)].filter(Boolean).sort((one, other) => other.length - one.length);
  if (longestFirst.length === 0) return (text) => text;
  const any = new RegExp(longestFirst.map(anyForm).join('|'), 'giu');
  return (text) => text.replace(any, '<secret>');
}

function anyForm(secret: string): string {
  return [...secret].map(formsOf).join('');
}

/** What letters and digits are written as everywhere; any other character also percent-encoded, or escaped as in JSON. */
function formsOf(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const itself = `\\u{${hex(character.codePointAt(0) ?? 0)}}`;
  const encoded = [...Buffer.from(character)].map((byte) => `%(?:25){0,3}${hex(byte)}`).join('');
  const units = Array.from({ length: character.length }, (_, index) =>
    hex(character.charCodeAt(index)).padStart(4, '0'),
  );
  const escaped = units.map((unit) => `\\\\{1,8}u${unit}`).join('');
  // The longest first: a percent sign begins its own encoding.
  return `(?:${encoded}|${escaped}|\\\\{0,8}${itself})`;
}

function hex(number: number): string {
  return number.toString(16).padStart(2, '0');
}

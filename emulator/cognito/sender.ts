/**
 * The address in a `From`: bare, or in angle brackets at the end. As mail software does, Cognito takes any name before
 * it, but for one with an unquoted `@`. Nobody has recorded a refusal of unquoted commas, colons or semicolons.
 */
export function addressIn(from: string): string | undefined {
  if (/[\r\n\0]/.test(from)) return undefined;
  const [, name = '', address] = /^(.*)<([^<>@\s]+@[^<>@\s]+)>\s*$/.exec(from) ?? [];
  if (address === undefined) return /^[^\s<>@",;:]+@[^\s<>@",;:]+$/.test(from) ? from : undefined;
  const unquoted = name.replace(/"(?:[^"\\]|\\.)*"/g, '');
  return /[@<>"]/.test(unquoted) ? undefined : address;
}

/**
 * May an identity send as `from`? SES compares an address to the letter, but for a label (`a+label@` is covered by `a@`),
 * and a domain without case, subdomains included. Without a From an address sends as itself, and a domain as nobody.
 */
export function covers(identity: string, from: string | undefined): boolean {
  if (from === undefined) return identity.includes('@');
  const address = addressIn(from) ?? '';
  if (identity.includes('@')) return address === identity || address.replace(/\+[^@]*@/, '@') === identity;
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return domain === identity.toLowerCase() || domain.endsWith(`.${identity.toLowerCase()}`);
}

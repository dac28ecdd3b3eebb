/**
 * The address in a `From`: bare, or in angle brackets at the end; undefined where Cognito refuses the `From`. As mail
 * software does, Cognito takes any display name without an unquoted `@`. No refusal of unquoted commas, colons or
 * semicolons is on record.
 */
export function addressIn(from: string): string | undefined {
  if (/[\r\n\0]/.test(from)) return undefined;
  const [, name = '', address] = /^(.*)<([^<>@\s]+@[^<>@\s]+)>\s*$/.exec(from) ?? [];
  if (address === undefined) return /^[^\s<>@",;:]+@[^\s<>@",;:]+$/.test(from) ? from : undefined;
  const unquoted = name.replace(/"(?:[^"\\]|\\.)*"/g, '');
  return /[@<>"]/.test(unquoted) ? undefined : address;
}

/**
 * May an identity send as `from`? SES compares addresses exactly, except for a label (`a@` covers `a+label@`), and domains
 * case-insensitively, subdomains included. Without a `From` an address identity sends as itself; a domain cannot send.
 */
export function coversFrom(identity: string, from: string | undefined): boolean {
  if (from === undefined) return identity.includes('@');
  const address = addressIn(from) ?? '';
  if (identity.includes('@')) return address === identity || address.replace(/\+[^@]*@/, '@') === identity;
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return domain === identity.toLowerCase() || domain.endsWith(`.${identity.toLowerCase()}`);
}

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const domainPattern = new RegExp(`^(?=.{1,253}$)(?:${label}\\.)+${label}$`);
/** RFC 5322 dot-atom: what SES takes before the @ of an identity. */
const localPartPattern = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** An address or a domain as it may be in use somewhere: quoted local parts, any dots, underscores in the domain. */
const inUsePattern =
  /^(?:(?:"(?:[^"\\]|\\.)*"|[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+)@)?(?:[A-Za-z0-9_-]+\.)+[A-Za-z0-9_-]+$/;

/** The part after the last @ of an address, or the whole of a domain. */
export function domainOf(name: string): string {
  return name.slice(name.lastIndexOf('@') + 1);
}

/** True for an address identity, false for a domain identity. */
export function isAddress(name: string): boolean {
  return name.includes('@');
}

/** True for an ASCII domain name with at least two labels, in lower case. */
export function isDomainName(name: string): boolean {
  return domainPattern.test(name);
}

/** True for an ASCII address of at most 320 characters whose domain is one (in any case). */
export function isMailAddress(address: string): boolean {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  return local.length <= 64 && localPartPattern.test(local) && isDomainName(domainOf(address).toLowerCase());
}

/** True for every address or domain that AWS may have accepted, however odd. */
export function mayBeInUse(name: string): boolean {
  return inUsePattern.test(name);
}

/**
 * May `address` send under `identity`? SES compares an address identity to the letter, its domain included, and lets it
 * send with a label; a domain identity covers the addresses in it and in its subdomains, without regard to case.
 */
export function covers(identity: string, address: string): boolean {
  if (isAddress(identity)) return address === identity || withoutLabel(address) === identity;
  const [domain, whole] = [domainOf(address).toLowerCase(), identity.toLowerCase()];
  return domain === whole || domain.endsWith(`.${whole}`);
}

/** `user+label@example.com` as `user@example.com`. */
function withoutLabel(address: string): string {
  return address.replace(/^([^+@"]+)\+[^@"]*@/, '$1@');
}

/** The domains that, verified, would cover a name: for `a@x.example.com` x.example.com and example.com. */
export function coveringDomains(name: string): readonly string[] {
  const labels = domainOf(name).toLowerCase().split('.');
  const domains = labels.slice(0, -1).map((_, start) => labels.slice(start).join('.'));
  return isAddress(name) ? domains : domains.slice(1);
}

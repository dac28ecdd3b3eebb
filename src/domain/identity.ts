const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const domainPattern = new RegExp(`^(?=.{1,253}$)(?:${label}\\.)+${label}$`);
/** RFC 5322 dot-atom: what SES takes before the @ of an identity. */
const localPartPattern = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

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

/** The same address with its domain in lower case: domains compare without case, local parts with it (RFC 5321 2.4). */
export function normalAddress(address: string): string {
  return `${address.slice(0, address.lastIndexOf('@') + 1)}${domainOf(address).toLowerCase()}`;
}

/** May `address` send under `identity`? Its own address, or an address in the domain or a subdomain of it. */
export function covers(identity: string, address: string): boolean {
  if (isAddress(identity)) return normalAddress(address) === identity;
  const domain = domainOf(address).toLowerCase();
  return domain === identity || domain.endsWith(`.${identity}`);
}

/** The domains that, verified, would cover a name: for `a@x.example.com` x.example.com and example.com. */
export function coveringDomains(name: string): readonly string[] {
  const labels = domainOf(name).toLowerCase().split('.');
  const domains = labels.slice(0, -1).map((_, start) => labels.slice(start).join('.'));
  return isAddress(name) ? domains : domains.slice(1);
}

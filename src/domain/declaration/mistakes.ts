import { domainOf, mayBeInUse } from './identity';
import { notAscii } from './mailbox';

/** The address in `Display Name <address>`. */
export function addressInBrackets(text: string): string | undefined {
  return /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text)?.[1];
}

/** What people often write where one bare address or domain belongs, as the rest of a sentence. */
export function commonMistake(name: string): string | undefined {
  const listed = name.split(/[\s,;]+/).filter((part) => part !== '');
  if (listed.length > 1 && listed.every(mayBeInUse)) return `names ${listed.length}, where one is meant: write one`;
  if (name.endsWith('.')) return 'ends with a full stop: write it without';
  const problem = notAscii(name);
  if (problem) return problem;
  return domainOf(name).includes('_') && mayBeInUse(name)
    ? 'has an underscore in its domain, which a mail domain cannot have: write the domain that it stands for'
    : undefined;
}

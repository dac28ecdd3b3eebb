import { distance } from 'fastest-levenshtein';
import type { CheckContext } from './check';
import type { RawProperties } from './declaration';
import { declarable, memberOf, readOnly } from './schema';

/** What the properties of other types, tools and API calls are called here. */
const calledHere: ReadonlyMap<string, string> = new Map([
  ['fromemailaddress', 'From'],
  ['replyto', 'ReplyToEmailAddress'],
  ['configurationsetname', 'ConfigurationSet'],
  ['region', 'SesRegion'],
  ['emailidentity', 'Identity'],
]);

const ways: ReadonlyMap<string, string> = new Map([
  [
    'emailconfiguration',
    'is not a property of this type: declare its members here, EmailSendingAccount, From, ReplyToEmailAddress and ConfigurationSet, and in place of SourceArn Identity and SesRegion.',
  ],
  ['sourcearn', 'is read-only: declare Identity (its name) and SesRegion (its Region).'],
  ['sesregions', 'is read-only: declare SesRegion.'],
]);

/** What to do about the names of properties that the schema does not have. */
export function unknownPropertyProblems(names: readonly string[]): readonly string[] {
  return names.map((name) => {
    const way = ways.get(name.toLowerCase());
    if (way !== undefined) return `${name} ${way}`;
    const meant = calledHere.get(name.toLowerCase()) ?? nearest(name);
    const step = meant === undefined ? 'take it out, or correct its spelling' : `write ${meant}, or take it out`;
    return `${name} is not a property of this type: ${step}.`;
  });
}

/** A new setup declares no read-only property; an Update made of Read's answer carries them along. */
export function readOnlyProblems(raw: RawProperties, { operation }: CheckContext): readonly string[] {
  if (operation === 'update') return [];
  const names = readOnly.map(({ name }) => name);
  return unknownPropertyProblems(names.filter((name) => raw[memberOf(name) as keyof RawProperties] !== undefined));
}

/** The property whose name is at most a third of its letters away. */
function nearest(name: string): string | undefined {
  if (name.length > 100) return undefined;
  const letters = name.toLowerCase();
  const away = (known: string) => distance(letters, known.toLowerCase());
  const [best = ''] = declarable.map((property) => property.name).sort((one, other) => away(one) - away(other));
  return away(best) <= Math.ceil(name.length / 3) ? best : undefined;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { properties, propertyTable, returnValues, syntax } from './properties';
import { questionList } from './questions';
import { regionLists, regionTable } from './regions';

/** Parts of documents that are made from what the code itself uses, by the name that stands in their markers. */
const blocks: Readonly<Record<string, () => string>> = {
  'property table': propertyTable,
  syntax,
  properties,
  'return values': returnValues,
  'region lists': regionLists,
  'region table': regionTable,
  questions: questionList,
};
const root = join(__dirname, '..', '..');
const block = /(<!-- generated: ([a-z ]+), by npm run docs -->\n).*?(<!-- end of generated -->)/gs;

/** The documents of the repository that have, or may have, generated parts. */
export function documents(): readonly { readonly path: string; readonly text: string }[] {
  const names = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => join('docs', name))];
  return names
    .filter((name) => name.endsWith('.md'))
    .map((name) => ({ path: join(root, name), text: readFileSync(join(root, name), 'utf8') }));
}

/** A document with its generated parts as they must be. Throws for a part that nothing makes. */
export function filled(text: string): string {
  return text.replace(block, (_whole, start: string, name: string, end: string) => {
    const make = blocks[name];
    if (!make) throw new Error(`nothing makes the part "${name}": write one of ${Object.keys(blocks).join(', ')}`);
    return `${start}\n${make()}\n\n${end}`;
  });
}

/** The names of the generated parts that a document has. */
export function partsOf(text: string): readonly string[] {
  return [...text.matchAll(block)].map(([, , name = '']) => name);
}

/** The names of all parts that can be generated: each must stand in some document. */
export const partNames: readonly string[] = Object.keys(blocks);

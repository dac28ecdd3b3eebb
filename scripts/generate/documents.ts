import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const marked = /(<!-- generated: ([a-z ]+), by npm run (\w+) -->\n).*?(<!-- end of generated -->)/gs;

/** The documents of the repository that have, or may have, generated parts. */
export function documents(): readonly { readonly path: string; readonly text: string }[] {
  const names = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => join('docs', name))];
  return names
    .filter((name) => name.endsWith('.md'))
    .map((name) => ({ path: join(root, name), text: readFileSync(join(root, name), 'utf8') }));
}

/**
 * A document with the parts made anew that one command writes; those of other commands stay. Throws for a part that nothing
 * makes.
 */
export function withParts(text: string, command: string, makers: ReadonlyMap<string, () => string>): string {
  return text.replace(marked, (whole, start: string, name: string, by: string, end: string) => {
    if (by !== command) return whole;
    const make = makers.get(name);
    if (!make) throw new Error(`nothing makes the part "${name}": write one of ${[...makers.keys()].join(', ')}`);
    return `${start}\n${make()}\n\n${end}`;
  });
}

/** The names of the parts of a document that a command writes. */
export function partsOf(text: string, command: string): readonly string[] {
  return [...text.matchAll(marked)].flatMap(([, , name = '', by]) => (by === command ? [name] : []));
}

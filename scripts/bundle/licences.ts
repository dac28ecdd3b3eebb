import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A package of which a part is in the bundle. */
interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly texts: readonly string[];
}

/** The licences of all packages that the files belong to, each text once. Throws for a package that names none. */
export function licencesOf(files: readonly string[]): string {
  const folders = new Set(files.filter((file) => file.includes('node_modules')).map(packageOf));
  const byText = new Map<string, string[]>();
  for (const { name, version, licence, texts } of [...folders].map(described)) {
    const text = texts.join('\n\n') || `The package says only: ${licence}`;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${licence})`]);
  }
  const sections = [...byText].map(([text, packages]) => ({ title: packages.sort().join('\n'), text }));
  const sorted = sections.sort((a, b) => (a.title < b.title ? -1 : 1));
  const line = '-'.repeat(80);
  return [
    'Software in dist/handlers.js, and its licences.\n',
    ...sorted.map(({ title, text }) => `${line}\n${title}\n${line}\n\n${text}\n`),
  ].join('\n');
}

/** The folder of the package that a file belongs to: the nearest with a `package.json` that has a name and a version. */
function packageOf(file: string): string {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const { name, version } = JSON.parse(readFileSync(manifest, 'utf8'));
    if (name && version) return folder;
  }
  throw new Error(`${file} belongs to no package: its licence is unknown.`);
}

function described(folder: string): Bundled {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${name} names no licence: find it out before it is bundled.`);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return { name, version, licence: license, texts };
}

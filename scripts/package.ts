import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type ZipOptions, type Zippable, zipSync } from 'fflate';
import { archive, buildHandler, folder } from './bundle/handler';

/**
 * Makes the archive that the registry takes, laid out as `cfn submit` does it: the test of `test/contract/submit.ts`
 * compares the two. The same sources give the same bytes.
 */
const root = join(__dirname, '..');

/** What the CLI writes about itself, to the letter: the version whose layout this is. */
const metadata = '{"cli-version": "0.2.41"}';

/** A fixed time, which fflate writes as it reads on the clock here; and files that Lambda's user may read. */
const entry: ZipOptions = { mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16 };

/** The files below a folder, named from `base` with slashes. */
function filesIn(folder: string, base: string): readonly [name: string, content: Buffer][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => join(found.parentPath, found.name))
    .map((path) => [relative(base, path).split(sep).join('/'), readFileSync(path)]);
}

function zip(files: readonly (readonly [name: string, content: Uint8Array])[]): Uint8Array {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const level = (name: string) => (name.endsWith('.zip') ? 0 : 9);
  const tree: Zippable = Object.fromEntries(
    sorted.map(([name, content]) => [name, [content, { ...entry, level: level(name) }]]),
  );
  return zipSync(tree);
}

async function main(): Promise<void> {
  await buildHandler();
  const handler = zip(filesIn(folder, folder));
  const files: (readonly [string, Uint8Array])[] = [
    ['.rpdk-config', readFileSync(join(root, '.rpdk-config'))],
    ['schema.json', readFileSync(join(root, 'schema.json'))],
    ...filesIn(join(root, 'inputs'), root),
    ...filesIn(join(root, 'src'), root),
    ['ResourceProvider.zip', handler],
    ['.cfn_metadata.json', Buffer.from(metadata)],
  ];
  // The CLI stores these files as they are, the sources among them; whoever reads a zip reads them compressed as well.
  const bytes = zip(files);
  writeFileSync(archive, bytes);
  process.stdout.write(`${relative(root, archive)}: ${Math.ceil(bytes.length / 1000)} kB\n`);
}

main().catch((error) => {
  process.stderr.write(
    `The build failed, there is no archive: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { licencesOf } from './licences';

const root = join(__dirname, '..', '..');
const output = join(root, 'build');
const map = join(output, 'handlers.js.map');

/** What Lambda gets: the bundle, and the licences of what is in it. */
export const folder = join(output, 'TypeFunction');

/** What the registry gets; `package.ts` makes it. */
export const archive = join(output, 'org-cognito-emailsetup.zip');

/** What esbuild tells of the bundle: the bill of materials is made from it. */
export const metafile = join(output, 'handlers.meta.json');

const standIns = join(__dirname, 'stand-ins.ts');

/** What the library and the clients name and the handler never uses; see `stand-ins.ts`. */
const unused = [
  'aws-sdk/clients/all',
  // Brings a large part of es-abstract along.
  'string.prototype.replaceall',
  // Credentials come with each request.
  '@aws-sdk/credential-provider-node',
  '@smithy/core/event-streams',
];

/** The library's own delivery is left out; see `no-log-delivery.ts`. */
const withoutLogDelivery: Plugin = {
  name: 'without-log-delivery',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/(log-delivery|metrics)$/ }, ({ importer }) =>
      importer.includes('cloudformation-cli-typescript-lib')
        ? { path: join(__dirname, 'no-log-delivery.ts') }
        : undefined,
    );
  },
};

/** A client asks its package for its version alone. */
const versionsOnly: Plugin = {
  name: 'versions-only',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/**
 * Lets esbuild leave out what the clients' schemas hold on to. A computed key may run code, so that every operation whose
 * schema has one stays: the keys are constants of the same file, and are put in. Every error is registered with its class:
 * what is not registered is thrown under the same name all the same, and names are all that we look at.
 */
const leanSchemas: Plugin = {
  name: 'lean-schemas',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const constants = [...source.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm)];
      const values = new Map(constants.map(([, name, text]) => [name, text]));
      const contents = source
        .replaceAll(/\[(_\w+)\]:/g, (key, name) => `${values.get(name) ?? key}:`)
        .replaceAll(/^n0_registry\.registerError\(.*\);$/gm, '');
      return { contents, loader: 'js' };
    });
  },
};

const bundle = join(folder, 'dist', 'handlers.js');

/**
 * Makes what ships, and the bundle's source map beside it. What an earlier build has made stays untouched where it is the
 * same, for others may be running it; else it is gone first, the archive too. Where the build fails nothing is left.
 */
export async function buildHandler(): Promise<void> {
  try {
    const made = await built();
    if (isThere(made)) return;
    removeBuilt();
    mkdirSync(dirname(bundle), { recursive: true });
    for (const [file, contents] of made) writeFileSync(file, contents);
  } catch (error) {
    removeBuilt();
    throw error;
  }
}

function isThere(made: ReadonlyMap<string, Buffer>): boolean {
  if (![...made].every(([file, contents]) => existsSync(file) && readFileSync(file).equals(contents))) return false;
  // All that is in the folder is packed.
  const packed = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((found) => found.isFile());
  return packed.every(({ parentPath, name }) => made.has(join(parentPath, name)));
}

function removeBuilt(): void {
  for (const made of [folder, map, metafile, archive]) rmSync(made, { recursive: true, force: true });
}

/** The files of a build, by path. */
async function built(): Promise<ReadonlyMap<string, Buffer>> {
  const { outputFiles, metafile: meta } = await build({
    entryPoints: [join(root, 'src', 'handlers.ts')],
    absWorkingDir: root,
    outfile: bundle,
    tsconfig: join(root, 'tsconfig.json'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // The packages' main files are CommonJS, of which nothing can be left out.
    mainFields: ['module', 'main'],
    minify: true,
    // The library derives error codes from class names.
    keepNames: true,
    alias: Object.fromEntries(unused.map((name) => [name, standIns])),
    plugins: [leanSchemas, versionsOnly, withoutLogDelivery],
    legalComments: 'none',
    sourcemap: 'external',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const bundled = Object.values(meta.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const licences = licencesOf(bundled.map(([file]) => join(root, file)));
  return new Map([
    ...outputFiles.map(({ path, contents }) => [path === bundle ? bundle : map, Buffer.from(contents)] as const),
    [join(folder, 'LICENSES.txt'), Buffer.from(licences)],
    [metafile, Buffer.from(JSON.stringify(meta))],
  ]);
}

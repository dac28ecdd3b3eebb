import { readFileSync, writeFileSync } from 'node:fs';

/** What of a bill of materials in CycloneDX is looked at here. */
interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  hashes?: readonly { readonly alg: string; readonly content: string }[];
}

/**
 * Adds the hash of each package's archive, which npm checks at every installation, to its component in a bill of materials.
 * Throws for a component that the lock file has no hash of: it would not be what was installed.
 */
export function addHashes(bill: string, lock: string): void {
  const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as {
    packages: Record<string, { version?: string; integrity?: string }>;
  };
  const integrities = new Map(
    Object.entries(packages).map(([path, { version, integrity }]) => [
      `${path.replace(/^.*node_modules\//, '')}@${version}`,
      integrity,
    ]),
  );
  const json = JSON.parse(readFileSync(bill, 'utf8')) as { components: Component[] };
  for (const component of json.components) {
    const { group, name, version } = component;
    const full = `${group === undefined ? name : `${group}/${name}`}@${version}`;
    const [, sum] = /^sha512-(\S+)$/.exec(integrities.get(full) ?? '') ?? [];
    if (sum === undefined) throw new Error(`package-lock.json has no SHA-512 of ${full}: run npm ci, and look at it.`);
    component.hashes = [{ alg: 'SHA-512', content: Buffer.from(sum, 'base64').toString('hex') }];
  }
  writeFileSync(bill, `${JSON.stringify(json, undefined, 2)}\n`);
}

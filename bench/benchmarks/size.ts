import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { builtHandler } from '../../emulator/harness';
import { cdk, stock } from '../baselines';
import { archive, packed } from '../build-output';
import { type Benchmark, bytes, type Row } from '../row';

/** What goes to AWS, and what Lambda has to unpack and read. */
export const size: Benchmark = async () => {
  const plain = stock();
  const shipped = cdk();
  const theirs = zipped(shipped.folder, 9);
  const ours = statSync(archive).size;
  const stockArchive = { ...bytes(zipped(plain.folder, 0)), what: 'stock packaging, which does not compress' };
  const aim = { text: 'under 1 MB', met: ours < 1e6 };
  const rows: Row[] = [
    { name: 'archive', measured: bytes(ours), baseline: stockArchive, aim },
    { name: 'archive', measured: bytes(ours), baseline: { ...bytes(theirs), what: "CDK's handler, zipped" } },
    {
      name: 'all that is unpacked',
      measured: bytes(unpacked(packed)),
      baseline: { ...bytes(unpacked(plain.folder)), what: 'stock packaging' },
    },
    {
      name: 'bundle that every operation loads',
      measured: bytes(statSync(builtHandler).size),
      baseline: { ...bytes(statSync(shipped.handler).size), what: "CDK's handler, its SDK not counted" },
    },
  ];
  const spent = () => `The archive holds ${largest(packed)}.`;
  return rows.map((row) => (row.aim?.met === false ? { ...row, spent: spent() } : row));
};

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const unpacked = (folder: string) => filesIn(folder).reduce((sum, file) => sum + statSync(file).size, 0);

function zipped(folder: string, level: 0 | 9): number {
  const files: Zippable = {};
  for (const file of filesIn(folder)) files[relative(folder, file)] = [readFileSync(file), { level }];
  return zipSync(files).length;
}

function largest(folder: string): string {
  const sizes = filesIn(folder).map((file) => ({ name: relative(folder, file), size: statSync(file).size }));
  const top = sizes.sort((one, other) => other.size - one.size).slice(0, 5);
  return top.map(({ name, size: length }) => `${name} (${(length / 1e3).toFixed(0)} kB)`).join(', ');
}

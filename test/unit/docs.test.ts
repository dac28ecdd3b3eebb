import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { HandlerErrorCode } from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { documents, partsOf, withParts } from '../../scripts/generate/documents';
import { generators } from '../../scripts/generate/generators';
import { staleFiles } from '../../scripts/generate/stale-files';
import { document, reads } from '../support/documents';

const root = join(__dirname, '..', '..');

test('everything generated is up to date: npm run generate', () => {
  expect(staleFiles(generators).map(({ path }) => relative(root, path))).toEqual([]);
});

test('each part that can be generated stands in a document, and none is left open', () => {
  const parts = documents().flatMap(({ text }) => partsOf(text, 'generate'));
  const known = generators.flatMap((one) => ('part' in one ? [one.part] : []));
  expect([...parts].sort()).toEqual([...known].sort());
  const others = documents().flatMap(({ text }) => partsOf(text, 'reliability'));
  expect(others).toEqual(['counts']);
  const opened = documents().flatMap(({ text }) => text.match(/<!-- generated:/g) ?? []);
  expect(opened.length).toBe(parts.length + others.length);
});

test('a part that nothing makes is an error', () => {
  const text = '<!-- generated: nonsense, by npm run generate -->\n<!-- end of generated -->';
  expect(() => withParts(text, 'generate', new Map())).toThrow(/nothing makes the part "nonsense"/);
});

test('a file that is missing, or differs, is stale', () => {
  const own = readFileSync(__filename, 'utf8');
  const file = relative(root, __filename);
  expect(staleFiles([{ file, make: () => own }])).toEqual([]);
  expect(staleFiles([{ file, make: () => `${own} ` }])).toEqual([{ path: __filename, text: `${own} ` }]);
  const path = join(root, 'build', 'not-there.ts');
  expect(staleFiles([{ file: 'build/not-there.ts', make: () => '' }])).toEqual([{ path, text: '' }]);
});

const src = join(root, 'src');
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(src, file), 'utf8'))
  .join('');

test('docs/errors.md has a section for each code, and for no other', () => {
  const sections = [...document('docs/errors.md').matchAll(/^## (.*)$/gm)].map(([, name]) => name);
  // The code of a defect of ours, which no `HandlerError` has.
  const codes = Object.values(HandlerErrorCode).filter(
    (code) => code === HandlerErrorCode.InternalFailure || sources.includes(`'${code}'`),
  );
  expect([...sections].sort()).toEqual([...codes].sort());
});

test('an ellipsis in a quote stands for something, and the rest is compared to the letter', () => {
  expect(reads('a (b) c', 'a (…) c')).toBe(true);
  expect([reads('a () c', 'a (…) c'), reads('a (b) cd', 'a (…) c'), reads('a xb) c', 'a (b) c')]).toEqual([
    false,
    false,
    false,
  ]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HandlerErrorCode } from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { documents, filled, partNames, partsOf } from '../../scripts/docs/blocks';
import { document, reads } from '../support/documents';

test.each(documents().map(({ path, text }) => [path.split('/').slice(-1).join(), text]))(
  'the generated parts of %s are up to date: npm run docs',
  (_name, text) => {
    expect(text).toBe(filled(text));
  },
);

test('each part that can be generated stands in a document, and none is left open', () => {
  const parts = documents().flatMap(({ text }) => partsOf(text));
  expect([...parts].sort()).toEqual([...partNames].sort());
  const opened = documents().flatMap(({ text }) => text.match(/<!-- generated:/g) ?? []);
  expect(opened.length).toBe(parts.length);
});

test('a part that nothing makes is an error', () => {
  const text = '<!-- generated: nonsense, by npm run docs -->\n<!-- end of generated -->';
  expect(() => filled(text)).toThrow(/nothing makes the part "nonsense"/);
});

const src = join(__dirname, '..', '..', 'src');
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

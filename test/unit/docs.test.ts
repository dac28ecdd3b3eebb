import { documents, filled, partNames, partsOf } from '../../scripts/docs/blocks';
import { codes } from '../../src/runtime/codes';
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

test('docs/errors.md has a section for each code, and for no other', () => {
  const sections = [...document('docs/errors.md').matchAll(/^## (.*)$/gm)].map(([, name]) => name);
  // The code of a defect of ours, which is no kind of failure.
  expect([...sections].sort()).toEqual([...new Set<string>([...Object.values(codes), 'InternalFailure'])].sort());
});

test('an ellipsis in a quote stands for something, and the rest is compared to the letter', () => {
  expect(reads('a (b) c', 'a (…) c')).toBe(true);
  expect([reads('a () c', 'a (…) c'), reads('a (b) cd', 'a (…) c'), reads('a xb) c', 'a (b) c')]).toEqual([
    false,
    false,
    false,
  ]);
});

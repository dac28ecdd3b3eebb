import { withoutSecrets } from '../../../src/cloudformation/secrets';

const secret = 'a/b+c="é';

test.each([
  ['as it is', secret],
  ['percent-encoded', 'a%2Fb%2Bc%3D%22%C3%A9'],
  ['percent-encoded twice', 'a%252Fb%252Bc%253D%2522%25C3%25A9'],
  ['escaped as in JSON', 'a\\/b+c=\\"\\u00e9'],
  ['in other letters’ case', secret.toUpperCase()],
])('a secret %s is taken out of a text', (_name, form) =>
  expect(withoutSecrets([secret])(`before ${form} after`)).toBe('before <secret> after'),
);

test('of two secrets that begin alike the longer one goes', () =>
  expect(withoutSecrets(['abc', 'abcdef'])('abcdef abc')).toBe('<secret> <secret>'));

test('without secrets a text stays as it is', () => expect(withoutSecrets(['', ''])('a text')).toBe('a text'));

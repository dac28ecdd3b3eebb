import type { Declaration } from '../../../../src/domain/declaration/declaration';
import type { JsonObject } from '../../../../src/domain/json';
import { nobody, noStack, shortHash } from '../../../../src/domain/owners';
import type { PresentPool } from '../../../../src/domain/plan/observed';
import {
  conflict,
  createTag,
  isFromThisCreate,
  isOwnEarlierSetup,
  overtaken,
  updateTag,
} from '../../../../src/domain/plan/ownership';
import { formatSetupTag, parseSetupTag, senderHash } from '../../../../src/domain/tags';
import { poolIn } from '../../../support/observed';

const source = 'arn:aws:ses:eu-west-1:111122223333:identity/example.com';
const live = { EmailSendingAccount: 'DEVELOPER', SourceArn: source, From: 'a@example.com' };
const [old, mine, third, oldest, token] = ['1', '2', '3', '4', '5'].map((digit) => digit.repeat(16)) as [
  string,
  string,
  string,
  string,
  string,
];
const poolWith = (emailConfiguration: JsonObject, tag?: string) => poolIn('eu-west-1', { emailConfiguration, tag });
const tagOf = (owner: string, more: { before?: string; sender?: string } = {}) =>
  formatSetupTag({ token, owner, sender: senderHash(live), ...more });
const declared: Declaration = {
  userPoolId: 'eu-west-1_A',
  emailSendingAccount: 'DEVELOPER',
  identity: 'example.com',
  from: 'a@example.com',
};
const claim = (owner: string, more: Partial<Declaration> = {}) => ({
  declared: { ...declared, ...more },
  requestToken: 'request',
  owner,
});
const other = { identity: 'example.org', from: 'a@example.org' };

describe('the tag of a Create', () => {
  const noted = (pool: PresentPool, owner: string, more: Partial<Declaration> = {}) =>
    parseSetupTag(createTag(pool, claim(owner, more)))?.before;

  test('names token, owner and sender', () => {
    const { token: wrote, owner, sender, before } = parseSetupTag(createTag(poolWith({}), claim(mine))) ?? {};
    expect([wrote, owner, sender, before]).toEqual([shortHash('request'), mine, senderHash(live), undefined]);
  });
  test.each([
    ['an owner', tagOf(old), old],
    ['no stack', tagOf(noStack), noStack],
    ['nobody: made by hand', undefined, nobody],
    ['nobody: a tag of another form', 'v1 x', nobody],
    ['nobody: a tag about another sender', tagOf(old, { sender: third }), nobody],
    ['the oldest of a chain', tagOf(old, { before: oldest }), oldest],
    ['nobody of a chain', tagOf(old, { before: nobody }), nobody],
  ])('notes %s where the sender stays', (_, tag, before) => {
    expect(noted(poolWith(live, tag), mine)).toBe(before);
    expect(noted(poolWith(live, tag), mine, { from: 'b@example.com' })).toBe(before);
  });
  test.each([
    ['the sender changes', poolWith(live, tagOf(old)), other],
    ['it is the request’s own owner', poolWith(live, tagOf(mine)), {}],
    ['its own owner is the oldest of a chain', poolWith(live, tagOf(old, { before: mine })), {}],
    [
      'nothing was there',
      poolWith({ EmailSendingAccount: 'COGNITO_DEFAULT' }),
      { emailSendingAccount: 'COGNITO_DEFAULT', identity: undefined, from: undefined },
    ],
  ] as const)('notes nobody where %s', (_, pool, more) => expect(noted(pool, mine, more)).toBeUndefined());
  test('a reply address on the default sender is somebody’s', () => {
    const plain = { emailSendingAccount: 'COGNITO_DEFAULT', identity: undefined, from: undefined } as const;
    expect(noted(poolWith({ ReplyToEmailAddress: 'a@example.com' }), mine, plain)).toBe(nobody);
  });
  test('stays where it is its own', () => {
    const own = createTag(poolWith(live, tagOf(old)), claim(mine));
    expect(createTag(poolWith(live, own), claim(mine))).toBe(own);
  });
});

describe('the tag of an Update', () => {
  const updated = (tag: string | undefined, owner: string, more: Partial<Declaration> = {}) =>
    parseSetupTag(updateTag(poolWith(live, tag), claim(owner, more)));

  test('keeps the token and names its own owner and sender', () =>
    expect(updated(tagOf(old), mine, other)).toEqual({
      token,
      owner: mine,
      sender: senderHash({ ...live, SourceArn: source.replace('.com', '.org') }),
      before: undefined,
    }));
  test('makes a move final', () => expect(updated(tagOf(mine, { before: old }), mine)?.before).toBeUndefined());
  test('without a stack leaves owner and note', () =>
    expect(updated(tagOf(mine, { before: old }), noStack)).toMatchObject({ owner: mine, before: old }));
  test('by the owner before leaves owner and note', () =>
    expect(updated(tagOf(mine, { before: old }), old)).toMatchObject({ owner: mine, before: old }));
  test('by a third owner takes the setup over', () =>
    expect(updated(tagOf(mine, { before: old }), third)).toMatchObject({ owner: third, before: undefined }));
  test.each([undefined, 'v1 x'])('begins a record where there is %j', (tag) =>
    expect(updated(tag, mine)).toEqual({
      token: shortHash('request'),
      owner: mine,
      sender: senderHash(live),
      before: undefined,
    }),
  );
});

test.each<[string, string | undefined, boolean]>([
  ['a tag of its own owner from another Create', tagOf(mine), true],
  ['a tag of another owner', tagOf(old), false],
  ['no tag', undefined, false],
  ['the tag that it wrote itself', createTag(poolWith({}), claim(mine)), false],
])('%s is its own earlier setup: %s', (_, tag, answer) =>
  expect(isOwnEarlierSetup(poolWith(live, tag), claim(mine))).toBe(answer),
);

describe('what a Create conflicts with', () => {
  const message = (pool: PresentPool, more: Partial<Declaration> = {}) => conflict(pool, claim(mine, more))?.message;
  test.each([
    ['a tag', poolWith({}, tagOf(old)), 'has an e-mail setup already'],
    ['a tag of its own stack from another Create', poolWith(live, tagOf(mine)), 'has an e-mail setup already'],
    ['a SourceArn, equal to what is declared', poolWith(live), `sends with ${source} already`],
    [
      'a reply address on the default sender',
      poolWith({ ReplyToEmailAddress: 'r@example.com' }),
      'has the reply address r@example.com already',
    ],
  ])('%s', (_, pool, said) => {
    expect(message(pool)).toContain(said);
    expect(message(pool)).toMatch(
      /declares EmailConfiguration, take that out first.*TakeOver: true.*DeletionPolicy: Retain/,
    );
    expect(conflict(pool, claim(mine))?.code).toBe('AlreadyExists');
    expect(message(pool, { takeOver: true })).toBeUndefined();
  });
  test('a reply address cannot be imported', () => {
    expect(message(poolWith({ ReplyToEmailAddress: 'r@example.com' }))).not.toContain('import');
    expect(message(poolWith(live))).toContain('import');
  });
  test('nothing where nothing is there, or its own tag', () => {
    expect(message(poolWith({ EmailSendingAccount: 'COGNITO_DEFAULT' }))).toBeUndefined();
    expect(message(poolWith(live, createTag(poolWith({}), claim(mine))))).toBeUndefined();
  });
  test.each([
    ['token', createTag(poolWith({}), { ...claim(mine), requestToken: 'another' })],
    ['owner', createTag(poolWith({}), claim(old))],
    ['sender', createTag(poolWith({}), claim(mine, other))],
  ])('a tag with another %s is not its own', (_, tag) =>
    expect(isFromThisCreate(poolWith(live, tag), claim(mine))).toBe(false),
  );
});

test.each([
  [
    'create',
    'AlreadyExists',
    'was made by somebody else meanwhile: see which stacks declare one for this pool, and keep one.',
  ],
  [
    'update',
    'ResourceConflict',
    'was changed by somebody else meanwhile: see which stacks declare one for this pool, then update again.',
  ],
] as const)('%s overtaken by somebody else is told as %s', (operation, code, rest) => {
  expect(overtaken(operation, poolIn('eu-west-1').ref)).toMatchObject({
    code,
    message: `The e-mail setup of user pool eu-west-1_A in eu-west-1 ${rest}`,
  });
});

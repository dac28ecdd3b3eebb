import type { Declaration } from '../../../../src/domain/declaration/declaration';
import type { JsonObject } from '../../../../src/domain/json';
import { claimGuard, isSameSender, senderGuard, tagGuard } from '../../../../src/domain/plan/guards';
import type { Change } from '../../../../src/domain/plan/rollback-target';
import { poolIn } from '../../../support/observed';

const source = 'arn:aws:ses:eu-west-1:111122223333:identity/example.com';
const live = { EmailSendingAccount: 'DEVELOPER', SourceArn: source };
const pool = (tag?: string, emailConfiguration: JsonObject = live) => poolIn('eu-west-1', { tag, emailConfiguration });
const setup = (tag: string | undefined, emailConfiguration: JsonObject = live) => ({
  tag,
  emailConfiguration,
  policies: [],
});
const change: Change = { from: setup('old'), to: setup('new', {}) };
const declared: Declaration = { userPoolId: 'eu-west-1_A', emailSendingAccount: 'COGNITO_DEFAULT' };
const claim = (more: Partial<Declaration> = {}) => ({
  declared: { ...declared, ...more },
  requestToken: 'token',
  owner: '-',
});
/** The code that a guard throws; undefined where it lets the pool pass. */
function codeOf(guarded: () => void): string | undefined {
  try {
    guarded();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

describe('the guard of a Create', () => {
  const guard = (more: Partial<Declaration> = {}, begun?: Change) => claimGuard('create', claim(more), () => begun);

  test('lets a pool pass that nobody has configured', () =>
    expect(codeOf(() => guard()(pool(undefined, {})))).toBeUndefined());
  test('stops at a setup of others, unless it takes over', () => {
    expect(codeOf(() => guard()(pool('theirs')))).toBe('AlreadyExists');
    expect(codeOf(() => guard({ takeOver: true })(pool('theirs')))).toBeUndefined();
  });
  test.each([
    ['the former tag', 'old', undefined],
    ['its own tag', 'new', undefined],
    ['a third one', 'third', 'AlreadyExists'],
    ['none', undefined, 'AlreadyExists'],
  ])('once it has begun: %s', (_name, tag, code) =>
    expect(codeOf(() => guard({ takeOver: true }, change)(pool(tag)))).toBe(code),
  );
});

test('the guard of an Update lets others’ setups pass until it has begun', () => {
  expect(codeOf(() => claimGuard('update', claim(), () => undefined)(pool('theirs')))).toBeUndefined();
  expect(codeOf(() => claimGuard('update', claim(), () => change)(pool('theirs')))).toBe('ResourceConflict');
  expect(codeOf(() => claimGuard('update', claim(), () => change)(pool('old')))).toBeUndefined();
});

test('the guard of a roll-back looks at the tag alone', () => {
  const guard = tagGuard(['old', undefined]);
  expect([codeOf(() => guard(pool('old', {}))), codeOf(() => guard(pool()))]).toEqual([undefined, undefined]);
  expect(codeOf(() => guard(pool('third')))).toBe('ResourceConflict');
});

test('the guard of a Delete looks at tag and sender', () => {
  const guard = senderGuard(change);
  expect([codeOf(() => guard(pool('old'))), codeOf(() => guard(pool('new', {})))]).toEqual([undefined, undefined]);
  expect(codeOf(() => guard(pool('third')))).toBe('ResourceConflict');
  expect(codeOf(() => guard(pool('old', { ...live, SourceArn: `${source}.au` })))).toBe('ResourceConflict');
});

test('a sender is who sends with which identity, and not its From', () => {
  expect(isSameSender(pool(), pool('x', { ...live, From: 'a@example.com' }))).toBe(true);
  expect(isSameSender(pool(), pool(undefined, {}))).toBe(false);
});

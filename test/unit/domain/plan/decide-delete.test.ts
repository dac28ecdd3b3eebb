import type { JsonObject } from '../../../../src/domain/json';
import { nobody, noStack } from '../../../../src/domain/owners';
import { decideDelete, earlierProgress } from '../../../../src/domain/plan/decide-delete';
import { formatSetupTag, senderHash } from '../../../../src/domain/tags';
import { poolIn } from '../../../support/observed';

const source = (name: string) => `arn:aws:ses:eu-west-1:111122223333:identity/${name}`;
const set = { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: source('a@example.com') };
const byHand = { EmailSendingAccount: 'DEVELOPER', SourceArn: source('b@example.com'), From: 'b@example.com' };
const plain = { EmailSendingAccount: 'COGNITO_DEFAULT' };
const [mine, old, token] = ['1', '2', '3'].map((digit) => digit.repeat(16)) as [string, string, string];
const model = { userPoolId: 'eu-west-1_A', emailSendingAccount: 'COGNITO_DEFAULT', identity: 'a@example.com' } as const;

interface Case {
  readonly live?: JsonObject;
  readonly tag?: string | undefined;
  readonly owner?: string;
  readonly declared?: Parameters<typeof decideDelete>[0]['declared'];
  readonly policies?: readonly string[];
  readonly deletesSetup?: boolean;
  readonly poolWasReset?: boolean;
}
function decided({
  live = set,
  tag,
  owner = mine,
  declared = model,
  policies = ['a@example.com'],
  deletesSetup = false,
  poolWasReset = false,
}: Case) {
  const pool = poolIn('eu-west-1', { emailConfiguration: live, tag });
  const attached = policies.map((identity) => ({ region: 'eu-west-1', identity, policy: '{}' }));
  const input = { declared, owner, pool, policies: attached, deletesSetup, poolWasReset, deletedPolicies: [] };
  const { to, error, deletesSetup: deletes } = decideDelete(input);
  const policiesOn = to.policies.filter(({ policy }) => policy).map(({ identity }) => identity);
  return { email: to.emailConfiguration, tag: to.tag, policiesOn, error: error?.message, deletesSetup: deletes };
}
const tagOf = (owner: string, before?: string, sender = senderHash(set)) =>
  formatSetupTag({ token, owner, sender, before });
const nothing = { email: plain, tag: undefined, policiesOn: [], error: undefined, deletesSetup: true };

test('the owner’s takes all away', () => expect(decided({ tag: tagOf(mine) })).toEqual(nothing));
test('the sender counts, not its From or reply address', () =>
  expect(decided({ tag: tagOf(mine), live: { ...set, From: 'c@example.com', Future: 1 } })).toEqual({
    ...nothing,
    email: { ...plain, Future: 1 },
  }));

describe.each([
  ['another stack', mine, tagOf(old)],
  ['no stack', mine, tagOf(noStack)],
  ['a tag of another form', mine, 'v1 x'],
])('of %s', (_, owner, tag) => {
  test('it changes nothing', () =>
    expect(decided({ owner, tag })).toEqual({
      email: set,
      tag,
      policiesOn: ['a@example.com'],
      error: expect.stringContaining('belongs to another resource'),
      deletesSetup: false,
    }));
  test('what an earlier invocation began is finished, but for what is live', () =>
    expect(decided({ owner, tag, deletesSetup: true, policies: ['a@example.com', 'c@example.com'] })).toMatchObject({
      email: set,
      tag,
      policiesOn: ['a@example.com'],
    }));
});

test('a setup that gets another owner while it is deleted keeps the policy that it sends with', () => {
  const policies = [{ region: 'eu-west-1', identity: 'a@example.com' }];
  const pool = poolIn('eu-west-1', { emailConfiguration: set, tag: tagOf(old) });
  const deletedPolicies = [
    { region: 'eu-west-1', identity: 'a@example.com', policy: '{"deleted":1}' },
    { region: 'us-east-1', identity: 'a@example.com', policy: '{"deleted":2}' },
  ];
  const { to } = decideDelete({
    declared: model,
    owner: mine,
    pool,
    policies,
    deletesSetup: true,
    poolWasReset: true,
    deletedPolicies,
  });
  expect(to.policies).toEqual(deletedPolicies.slice(0, 1));
});

describe('a move', () => {
  test('the old owner’s takes the note out', () =>
    expect(decided({ owner: old, tag: tagOf(mine, old) })).toEqual({
      email: set,
      tag: tagOf(mine),
      policiesOn: ['a@example.com'],
      error: expect.stringContaining('belongs to another resource'),
      deletesSetup: false,
    }));
  test.each([
    ['the owner before', old, tagOf(old)],
    ['no stack', noStack, tagOf(noStack)],
    ['nobody', nobody, undefined],
  ])('the new owner’s gives it back to %s', (_, before, tag) =>
    expect(decided({ tag: tagOf(mine, before) })).toEqual({
      email: set,
      tag,
      policiesOn: ['a@example.com'],
      error: undefined,
      deletesSetup: false,
    }),
  );
});

describe('another sender is live', () => {
  test('it stays, with its policy; tag and other policies go', () =>
    expect(decided({ tag: tagOf(mine), live: byHand, policies: ['a@example.com', 'b@example.com'] })).toEqual({
      email: byHand,
      tag: undefined,
      policiesOn: ['b@example.com'],
      error: expect.stringMatching(/keeps its sender .*b@example\.com and the policy on b@example\.com in eu-west-1/),
      deletesSetup: true,
    }));
  test('the default sender of a wiped pool is nobody’s', () =>
    expect(decided({ tag: tagOf(mine), live: plain })).toEqual(nothing));
  test('a reply address on it is somebody’s', () =>
    expect(decided({ tag: tagOf(mine), live: { ...plain, ReplyToEmailAddress: 'r@example.com' } })).toMatchObject({
      email: { ...plain, ReplyToEmailAddress: 'r@example.com' },
      tag: undefined,
      error: expect.stringContaining('keeps the reply address r@example.com'),
    }));
});

describe('the setup is the plain default sender', () => {
  const tag = tagOf(mine, undefined, senderHash(plain));
  const live = { ...plain, ReplyToEmailAddress: 'r@example.com' };
  const declared = { userPoolId: 'eu-west-1_A', emailSendingAccount: 'COGNITO_DEFAULT' } as const;
  test('its declared reply address goes with the tag', () =>
    expect(
      decided({ tag, live, policies: [], declared: { ...declared, replyToEmailAddress: 'r@example.com' } }),
    ).toEqual(nothing));
  test.each([undefined, 'other@example.com'])('another one stays (%s declared)', (replyToEmailAddress) =>
    expect(decided({ tag, live, policies: [], declared: { ...declared, replyToEmailAddress } })).toMatchObject({
      email: live,
      tag: undefined,
      error: undefined,
    }),
  );
});

describe('the tag is gone', () => {
  test('and the model names the live sender: all goes', () => expect(decided({})).toEqual(nothing));
  test('and the model names another: the sender stays', () =>
    expect(decided({ live: byHand })).toMatchObject({
      email: byHand,
      policiesOn: [],
      error: expect.stringContaining('keeps'),
    }));
  test('and the model names none: the sender stays', () =>
    expect(decided({ declared: { userPoolId: 'eu-west-1_A' } })).toMatchObject({
      email: set,
      policiesOn: ['a@example.com'],
      error: expect.stringContaining('keeps its sender'),
    }));
  test('and there is no policy either: nothing is ours', () =>
    expect(decided({ policies: [] })).toMatchObject({
      email: set,
      error: expect.stringContaining('has no e-mail setup'),
      deletesSetup: false,
    }));
  test('and it was a take-over: whose the sender is, is not known, and it stays', () =>
    expect(decided({ declared: { ...model, takeOver: true } })).toMatchObject({
      email: set,
      policiesOn: ['a@example.com'],
      error: expect.stringContaining('keeps its sender'),
    }));
  test('and this Delete has reset the pool: an equal sender is somebody else’s by now', () =>
    expect(decided({ deletesSetup: true, poolWasReset: true })).toMatchObject({
      email: set,
      policiesOn: ['a@example.com'],
      error: expect.stringContaining('keeps its sender'),
    }));
  test('a Delete that an earlier invocation began succeeds', () =>
    expect(decided({ policies: [], live: plain, deletesSetup: true })).toMatchObject({
      email: plain,
      error: undefined,
    }));
});

describe('without a stack', () => {
  test.each([tagOf(old), tagOf(old, mine), tagOf(noStack)])('the tag %s is no obstacle', (tag) =>
    expect(decided({ owner: noStack, tag })).toEqual(nothing),
  );
  test('another sender stays', () =>
    expect(decided({ owner: noStack, tag: tagOf(old), live: byHand })).toMatchObject({
      email: byHand,
      tag: undefined,
    }));
});

test('what earlier invocations have done is read from the change that they noted', () => {
  const policies = [
    { region: 'eu-west-1', identity: 'a.example', policy: '{}' },
    { region: 'eu-west-1', identity: 'b.example' },
  ];
  const from = { emailConfiguration: {}, tag: undefined, policies };
  expect(earlierProgress(undefined)).toEqual({ deletesSetup: false, poolWasReset: false, deletedPolicies: [] });
  expect(earlierProgress({ from, to: from })).toEqual({
    deletesSetup: true,
    poolWasReset: false,
    deletedPolicies: policies.slice(0, 1),
  });
  expect(earlierProgress({ from, to: from, lastUpdate: {} }).poolWasReset).toBe(true);
});

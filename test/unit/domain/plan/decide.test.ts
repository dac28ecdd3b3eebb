import type { Declaration } from '../../../../src/domain/declaration/declaration';
import { type Decision, decide } from '../../../../src/domain/plan/decide';
import { emailConfigurationOf, policiesOf } from '../../../../src/domain/plan/desired';
import type { Observed, ObservedIdentity, PresentPool } from '../../../../src/domain/plan/observed';
import { createTag } from '../../../../src/domain/plan/ownership';
import { policyName } from '../../../../src/domain/plan/sending-policy';
import { formatSetupTag, parseSetupTag, senderHash, shortHash } from '../../../../src/domain/tags';
import { account, pending, poolIn, verified, worldOf } from '../../../support/observed';

const [mine, theirs] = ['1'.repeat(16), '2'.repeat(16)] as const;
const declared: Declaration = {
  userPoolId: 'eu-west-1_A',
  emailSendingAccount: 'COGNITO_DEFAULT',
  identity: 'a@example.com',
};
const untouched = poolIn('eu-west-1');
const { arn } = untouched;
const live = { ...emailConfigurationOf(declared, arn) };
const [{ policy = '' } = {}] = policiesOf(declared, arn);
const granted = verified({ [policyName('eu-west-1', 'eu-west-1_A')]: policy });
const place = { region: 'eu-west-1', identity: 'a@example.com' };

interface Asked {
  readonly operation?: 'create' | 'update';
  readonly declared?: Partial<Declaration>;
  readonly pool?: PresentPool;
  readonly identity?: ObservedIdentity;
  readonly observed?: Partial<Observed>;
  readonly alternatives?: readonly string[];
}
function decided(asked: Asked): Decision {
  const { operation = 'create', pool = untouched, identity, alternatives = [] } = asked;
  const wanted = { ...declared, ...asked.declared };
  const observed = { ...worldOf(wanted, pool, identity), ...asked.observed };
  return decide({ operation, declared: wanted, requestToken: 'request', owner: mine, observed, alternatives });
}
function refused(asked: Asked) {
  const decision = decided(asked);
  if (decision.kind !== 'refuse') throw new Error(`It is not refused: ${decision.kind}.`);
  const { failure, wantsAlternatives } = decision;
  return { code: failure.code, message: failure.message, wantsAlternatives };
}
function going(asked: Asked) {
  const decision = decided(asked);
  if (decision.kind !== 'go') throw new Error(`It does not go: ${decision.kind}.`);
  return decision;
}
const tagOf = (owner: string, sender = senderHash(live)) =>
  formatSetupTag({ token: shortHash('earlier'), owner, sender });
const ofOthers = poolIn('eu-west-1', { emailConfiguration: live, tag: tagOf(theirs) });
const ours = poolIn('eu-west-1', { emailConfiguration: live, tag: tagOf(mine) });
const manyTags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, '']));

describe('a pool that is not there', () => {
  test.each([
    ['create', 'InvalidRequest'],
    ['update', 'NotFound'],
  ] as const)('refuses to %s: %s', (operation, code) => {
    expect(refused({ operation, observed: { pool: { kind: 'absent' } } })).toEqual({
      code,
      message: expect.stringContaining('User pool eu-west-1_A does not exist'),
      wantsAlternatives: false,
    });
  });
});

describe('a Create', () => {
  test('of a pool that nobody configured grants, switches the pool and tags it', () => {
    const { before, target, plan } = going({});
    expect(before).toEqual({ emailConfiguration: {}, tag: undefined, policies: [{ ...place, policy: undefined }] });
    expect(target).toEqual({
      emailConfiguration: live,
      tag: formatSetupTag({ token: shortHash('request'), owner: mine, sender: senderHash(live) }),
      policies: [{ ...place, policy }],
    });
    expect(plan).toEqual({
      putPolicies: [{ ...place, policy, replaces: false }],
      updatePool: 'update',
      deletePolicies: [],
    });
  });
  test('keeps what is somebody else’s of the e-mail', () => {
    const pool = poolIn('eu-west-1', { emailConfiguration: { DkimAlignment: 'STRICT', From: 'x@example.com' } });
    expect(going({ pool }).target.emailConfiguration).toEqual({ ...live, DkimAlignment: 'STRICT' });
  });
  test('leaves a setup of others alone, before it looks at anything else', () => {
    expect(refused({ pool: ofOthers, identity: { kind: 'absent' } })).toEqual({
      code: 'AlreadyExists',
      message: expect.stringContaining('has an e-mail setup already'),
      wantsAlternatives: false,
    });
  });
  test('goes on with its own, and spares what is live', () => {
    const claim = { declared, requestToken: 'request', owner: mine };
    const pool = poolIn('eu-west-1', { emailConfiguration: live, tag: createTag(untouched, claim) });
    const { plan, target } = going({ pool, identity: { ...pending, policies: {} } });
    expect(target.tag).toBe(pool.tag);
    expect(plan).toEqual({
      putPolicies: [{ ...place, policy, replaces: false }],
      updatePool: undefined,
      deletePolicies: [],
    });
  });
  test('is not spared what is live for somebody else', () => {
    const identity = { ...pending, policies: {} };
    expect(refused({ pool: ofOthers, declared: { takeOver: true }, identity })).toMatchObject({
      code: 'InvalidRequest',
    });
  });
});

describe('a move, which changes the record alone', () => {
  const asked = { pool: ofOthers, declared: { takeOver: true } };
  test('notes whose it was', () => {
    const { plan, target } = going({ ...asked, identity: granted });
    expect(plan).toEqual({ putPolicies: [], updatePool: 'tag', deletePolicies: [] });
    expect(parseSetupTag(target.tag)).toMatchObject({ owner: mine, before: theirs });
  });
  test('is not held up by what is in force already', () => {
    const identity = { ...granted, verified: false };
    expect(going({ ...asked, identity, observed: { emailMfa: true } }).plan.updatePool).toBe('tag');
  });
  test('needs room for the tag all the same', () => {
    const byHand = poolIn('eu-west-1', {
      emailConfiguration: live,
      described: { Id: 'eu-west-1_A', UserPoolTags: manyTags },
    });
    const identity = { ...granted, verified: false };
    expect(refused({ ...asked, pool: byHand, identity })).toEqual({
      code: 'ServiceLimitExceeded',
      message: expect.stringMatching(/^User pool eu-west-1_A in eu-west-1 has 50 tags[^.]*\.$/),
      wantsAlternatives: true,
    });
  });
  test('that changes more is checked in full', () => {
    const more = { takeOver: true, replyToEmailAddress: 'r@example.com' };
    const identity = { ...granted, verified: false };
    expect(refused({ ...asked, declared: more, identity })).toMatchObject({ code: 'InvalidRequest' });
  });
  test('is no move where nothing was there', () => {
    const plain = { emailSendingAccount: 'COGNITO_DEFAULT', identity: undefined } as const;
    const pool = poolIn('eu-west-1', { emailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } });
    expect(going({ pool, declared: plain }).plan.updatePool).toBe('tag');
    expect(refused({ pool, declared: plain, observed: { emailMfa: true } })).toMatchObject({ code: 'InvalidRequest' });
  });
});

describe('an Update', () => {
  test('of a setup as it is declared does nothing', () => {
    const { before, target, plan } = going({ operation: 'update', pool: ours, identity: granted });
    expect(plan).toEqual({ putPolicies: [], updatePool: undefined, deletePolicies: [] });
    expect(target).toEqual(before);
  });
  test('keeps the token of the tag', () => {
    const { plan, target } = going({ operation: 'update', pool: ofOthers, identity: granted });
    expect(plan).toEqual({ putPolicies: [], updatePool: 'tag', deletePolicies: [] });
    expect(target.tag).toBe(tagOf(mine));
  });
  test('spares what is live', () => {
    const identity = { ...granted, verified: false };
    expect(going({ operation: 'update', pool: ours, identity }).plan.updatePool).toBeUndefined();
  });
  test.each<[string, Asked]>([
    ['a tag', { pool: poolIn('eu-west-1', { tag: tagOf(mine) }) }],
    ['a sender', { pool: poolIn('eu-west-1', { emailConfiguration: live }) }],
    ['a policy', { identity: granted }],
  ])('finds a setup by %s', (_name, asked) => {
    expect(decided({ operation: 'update', ...asked }).kind).toBe('go');
  });
  test.each<[string, Asked]>([
    ['nothing', {}],
    ['an identity that is gone', { identity: { kind: 'absent' } }],
    ['a policy of others', { identity: verified({ Other: policy }) }],
    [
      'a reply address',
      { pool: poolIn('eu-west-1', { emailConfiguration: { ReplyToEmailAddress: 'r@example.com' } }) },
    ],
  ])('finds none in %s', (_name, asked) => {
    expect(refused({ operation: 'update', ...asked })).toEqual({
      code: 'NotFound',
      message: expect.stringContaining('User pool eu-west-1_A in eu-west-1 has no e-mail setup of this type'),
      wantsAlternatives: false,
    });
  });
  test('to another sender takes the policy of the one before back', () => {
    const wanted = { ...declared, identity: 'b@example.com' };
    const other = { ...place, identity: 'b@example.com' };
    const identities = [
      { ...place, observed: granted },
      { ...other, observed: verified() },
    ];
    const { plan } = going({ operation: 'update', pool: ours, declared: wanted, observed: { identities } });
    expect(plan).toEqual({
      putPolicies: [
        { ...other, policy: expect.stringContaining(`${account}:identity/b@example.com`), replaces: false },
      ],
      updatePool: 'update',
      deletePolicies: [place],
    });
  });
});

describe('what speaks against it', () => {
  const wait = { verificationTimeoutMinutes: 1 };
  const full = { pool: poolIn('eu-west-1', { described: { Id: 'eu-west-1_A', UserPoolTags: manyTags } }) };
  test('is waited for where it may pass and a time is declared', () => {
    expect(decided({ identity: pending, declared: wait })).toEqual({
      kind: 'wait',
      message: 'Identity a@example.com in SES of eu-west-1 is not verified: SES waits for a record.',
    });
  });
  test.each<[string, Asked]>([
    ['no time is declared', { identity: pending }],
    ['a time of 0 is declared', { identity: pending, declared: { verificationTimeoutMinutes: 0 } }],
    ['not all of it may pass', { identity: pending, declared: wait, observed: { emailMfa: true } }],
    ['none of it may pass', { declared: wait, observed: { emailMfa: true } }],
  ])('is refused where %s', (_name, asked) => {
    expect(refused(asked)).toMatchObject({ code: 'InvalidRequest', wantsAlternatives: true });
  });
  test('is a limit where nothing else is wrong', () => {
    expect(refused(full)).toMatchObject({
      code: 'ServiceLimitExceeded',
      message: expect.stringContaining('has 50 tags'),
    });
    expect(refused({ ...full, observed: { emailMfa: true } })).toMatchObject({ code: 'InvalidRequest' });
  });
  test('is told in one line', () => {
    const { message } = refused({ ...full, observed: { emailMfa: true } });
    expect(message).toMatch(
      /DeletionPolicy: Retain\)\. User pool eu-west-1_A in eu-west-1 has 50 tags.*remove a tag\.$/,
    );
  });
  test('names what could be declared instead', () => {
    expect(refused({ identity: pending, alternatives: ['example.com'] }).message).toContain('; or use example.com');
  });
  test('asks for no alternatives where no identity is declared', () => {
    const plain = { emailSendingAccount: 'COGNITO_DEFAULT', identity: undefined } as const;
    expect(refused({ declared: plain, observed: { emailMfa: true } }).wantsAlternatives).toBe(false);
  });
});

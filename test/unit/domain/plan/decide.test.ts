import type { Declaration } from '../../../../src/domain/declaration/declaration';
import { shortHash } from '../../../../src/domain/owners';
import { type Decision, decide } from '../../../../src/domain/plan/decide';
import { emailConfigurationOf, policiesOf } from '../../../../src/domain/plan/desired';
import type { Observed, ObservedIdentity, PresentPool } from '../../../../src/domain/plan/observed';
import { createTag } from '../../../../src/domain/plan/ownership';
import { renderProblems } from '../../../../src/domain/plan/problems';
import { policyName } from '../../../../src/domain/plan/sending-policy';
import { formatSetupTag, parseSetupTag, senderHash } from '../../../../src/domain/tags';
import { account, observedFor, pending, poolIn, verified } from '../../../support/observed';

const [mine, theirs] = ['1'.repeat(16), '2'.repeat(16)] as const;
const declared: Declaration = {
  userPoolId: 'eu-west-1_A',
  emailSendingAccount: 'COGNITO_DEFAULT',
  identity: 'a@example.com',
};
const untouched = poolIn('eu-west-1');
const { ref } = untouched;
const live = { ...emailConfigurationOf(declared, ref) };
const [{ policy = '' } = {}] = policiesOf(declared, ref);
const allowed = verified({ [policyName(ref)]: policy });
const identityRef = { region: 'eu-west-1', identity: 'a@example.com' };

interface Case {
  readonly operation?: 'create' | 'update';
  readonly declared?: Partial<Declaration>;
  readonly pool?: PresentPool;
  readonly identity?: ObservedIdentity;
  readonly observed?: Partial<Observed>;
}
function decided(given: Case): Decision {
  const { operation = 'create', pool = untouched, identity } = given;
  const wanted = { ...declared, ...given.declared };
  const observed = { ...observedFor(wanted, pool, identity), ...given.observed };
  return decide({ operation, declared: wanted, requestToken: 'request', owner: mine, pool, observed });
}
function rejected(given: Case) {
  const decision = decided(given);
  if (decision.kind !== 'reject') throw new Error(`It is not rejected: ${decision.kind}.`);
  const { code, problems } = decision;
  const alternativesHelp = problems.some((problem) => problem.alternativesHelp);
  return { code, message: renderProblems(problems, { ...declared, ...given.declared }), alternativesHelp };
}
function going(given: Case) {
  const decision = decided(given);
  if (decision.kind !== 'go') throw new Error(`It does not go: ${decision.kind}.`);
  return decision;
}
const tagOf = (owner: string, sender = senderHash(live)) =>
  formatSetupTag({ token: shortHash('earlier'), owner, sender });
const ofOthers = poolIn('eu-west-1', { emailConfiguration: live, tag: tagOf(theirs) });
const ours = poolIn('eu-west-1', { emailConfiguration: live, tag: tagOf(mine) });
const manyTags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, '']));

describe('a Create', () => {
  test('of a pool that nobody configured puts the policy, updates the pool and tags it', () => {
    const { from, to, plan } = going({});
    expect(from).toEqual({ emailConfiguration: {}, tag: undefined, policies: [{ ...identityRef, policy: undefined }] });
    expect(to).toEqual({
      emailConfiguration: live,
      tag: formatSetupTag({ token: shortHash('request'), owner: mine, sender: senderHash(live) }),
      policies: [{ ...identityRef, policy }],
    });
    expect(plan).toEqual({
      putPolicies: [{ ...identityRef, policy, replaces: false }],
      updatePool: 'update',
      deletePolicies: [],
    });
  });
  test('keeps what is somebody else’s of the e-mail', () => {
    const pool = poolIn('eu-west-1', { emailConfiguration: { DkimAlignment: 'STRICT', From: 'x@example.com' } });
    expect(going({ pool }).to.emailConfiguration).toEqual({ ...live, DkimAlignment: 'STRICT' });
  });
  test('goes on with its own, and allows what is in use', () => {
    const claim = { declared, requestToken: 'request', owner: mine };
    const pool = poolIn('eu-west-1', { emailConfiguration: live, tag: createTag(untouched, claim) });
    const { plan, to } = going({ pool, identity: { ...pending, policies: {} } });
    expect(to.tag).toBe(pool.tag);
    expect(plan).toEqual({
      putPolicies: [{ ...identityRef, policy, replaces: false }],
      updatePool: undefined,
      deletePolicies: [],
    });
  });
  test('does not allow what is in use by another owner', () => {
    const identity = { ...pending, policies: {} };
    expect(rejected({ pool: ofOthers, declared: { takeOver: true }, identity })).toMatchObject({
      code: 'InvalidRequest',
    });
  });
});

describe('a move, which changes the tag alone', () => {
  const given = { pool: ofOthers, declared: { takeOver: true } };
  test('notes whose it was', () => {
    const { plan, to } = going({ ...given, identity: allowed });
    expect(plan).toEqual({ putPolicies: [], updatePool: 'tag', deletePolicies: [] });
    expect(parseSetupTag(to.tag)).toMatchObject({ owner: mine, before: theirs });
  });
  test('is not rejected for what is in force already', () => {
    const identity = { ...allowed, verified: false };
    expect(going({ ...given, identity, observed: { emailMfa: true } }).plan.updatePool).toBe('tag');
  });
  test('needs room for the tag all the same', () => {
    const byHand = poolIn('eu-west-1', {
      emailConfiguration: live,
      described: { Id: 'eu-west-1_A', UserPoolTags: manyTags },
    });
    const identity = { ...allowed, verified: false };
    expect(rejected({ ...given, pool: byHand, identity })).toEqual({
      code: 'ServiceLimitExceeded',
      message: expect.stringMatching(/^User pool eu-west-1_A in eu-west-1 has 50 tags[^.]*\.$/),
      alternativesHelp: false,
    });
  });
  test('that changes more is checked in full', () => {
    const more = { takeOver: true, replyToEmailAddress: 'r@example.com' };
    const identity = { ...allowed, verified: false };
    expect(rejected({ ...given, declared: more, identity })).toMatchObject({ code: 'InvalidRequest' });
  });
  test('is no move where nothing was there', () => {
    const plain = { emailSendingAccount: 'COGNITO_DEFAULT', identity: undefined } as const;
    const pool = poolIn('eu-west-1', { emailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } });
    expect(going({ pool, declared: plain }).plan.updatePool).toBe('tag');
    expect(rejected({ pool, declared: plain, observed: { emailMfa: true } })).toMatchObject({ code: 'InvalidRequest' });
  });
});

describe('an Update', () => {
  test('of a setup as it is declared does nothing', () => {
    const { from, to, plan } = going({ operation: 'update', pool: ours, identity: allowed });
    expect(plan).toEqual({ putPolicies: [], updatePool: undefined, deletePolicies: [] });
    expect(to).toEqual(from);
  });
  test('keeps the token of the tag', () => {
    const { plan, to } = going({ operation: 'update', pool: ofOthers, identity: allowed });
    expect(plan).toEqual({ putPolicies: [], updatePool: 'tag', deletePolicies: [] });
    expect(to.tag).toBe(tagOf(mine));
  });
  test('allows what is in use', () => {
    const identity = { ...allowed, verified: false };
    expect(going({ operation: 'update', pool: ours, identity }).plan.updatePool).toBeUndefined();
  });
  test.each<[string, Case]>([
    ['a tag', { pool: poolIn('eu-west-1', { tag: tagOf(mine) }) }],
    ['a sender', { pool: poolIn('eu-west-1', { emailConfiguration: live }) }],
    ['a policy', { identity: allowed }],
  ])('finds a setup by %s', (_name, given) => {
    expect(decided({ operation: 'update', ...given }).kind).toBe('go');
  });
  test.each<[string, Case]>([
    ['nothing', {}],
    ['an identity that is gone', { identity: { kind: 'absent' } }],
    ['a policy of others', { identity: verified({ Other: policy }) }],
    [
      'a reply address',
      { pool: poolIn('eu-west-1', { emailConfiguration: { ReplyToEmailAddress: 'r@example.com' } }) },
    ],
  ])('finds none in %s', (_name, given) => {
    expect(rejected({ operation: 'update', ...given })).toEqual({
      code: 'NotFound',
      message: expect.stringContaining('User pool eu-west-1_A in eu-west-1 has no e-mail setup of this type'),
      alternativesHelp: false,
    });
  });
  test('to another sender takes the policy of the one before back', () => {
    const wanted = { ...declared, identity: 'b@example.com' };
    const other = { ...identityRef, identity: 'b@example.com' };
    const identities = [
      { ...identityRef, observed: allowed },
      { ...other, observed: verified() },
    ];
    const { plan } = going({ operation: 'update', pool: ours, declared: wanted, observed: { identities } });
    expect(plan).toEqual({
      putPolicies: [
        { ...other, policy: expect.stringContaining(`${account}:identity/b@example.com`), replaces: false },
      ],
      updatePool: 'update',
      deletePolicies: [identityRef],
    });
  });
});

describe('what speaks against it', () => {
  const wait = { verificationTimeoutMinutes: 1 };
  const full = { pool: poolIn('eu-west-1', { described: { Id: 'eu-west-1_A', UserPoolTags: manyTags } }) };
  test('is waited for where it may pass and a time is declared', () => {
    expect(decided({ identity: pending, declared: wait })).toEqual({
      kind: 'wait',
      problems: [
        {
          code: 'InvalidRequest',
          message: 'Identity a@example.com in SES of eu-west-1 is not verified: SES waits for a record.',
          pendingVerification: true,
          alternativesHelp: true,
        },
      ],
    });
  });
  test.each<[string, Case, boolean]>([
    ['no time is declared', { identity: pending }, true],
    ['a time of 0 is declared', { identity: pending, declared: { verificationTimeoutMinutes: 0 } }, true],
    ['not all of it may pass', { identity: pending, declared: wait, observed: { emailMfa: true } }, true],
    ['none of it may pass', { declared: wait, observed: { emailMfa: true } }, false],
  ])('is rejected where %s', (_name, given, alternativesHelp) => {
    expect(rejected(given)).toMatchObject({ code: 'InvalidRequest', alternativesHelp });
  });
  test('is a limit where nothing else is wrong', () => {
    expect(rejected(full)).toMatchObject({
      code: 'ServiceLimitExceeded',
      message: expect.stringContaining('has 50 tags'),
    });
    expect(rejected({ ...full, observed: { emailMfa: true } })).toMatchObject({ code: 'InvalidRequest' });
  });
  test('is told in one line', () => {
    const { message } = rejected({ ...full, observed: { emailMfa: true } });
    expect(message).toMatch(
      /DeletionPolicy: Retain\)\. User pool eu-west-1_A in eu-west-1 has 50 tags.*remove a tag\.$/,
    );
  });
  test('is not helped by alternatives where no identity is declared', () => {
    const plain = { emailSendingAccount: 'COGNITO_DEFAULT', identity: undefined } as const;
    expect(rejected({ declared: plain, observed: { emailMfa: true } }).alternativesHelp).toBe(false);
  });
});

import fc from 'fast-check';
import type { IdentityRef } from '../../../../src/domain/identity-ref';
import {
  attachedPolicies,
  hasAttachedPolicies,
  hasSetup,
  identitiesOfSource,
  includesMembers,
  isConfigured,
  isInForce,
  isNoOp,
  liveIdentities,
  mergeEmailConfiguration,
  type Plan,
  planBetween,
  type Setup,
  setupOf,
  withEarlierPolicies,
  withoutSender,
} from '../../../../src/domain/plan/plan';
import { policyName } from '../../../../src/domain/plan/sending-policy';
import { poolIn, verified } from '../../../support/observed';

const refs = ['eu-west-1', 'us-east-1'].flatMap((region) =>
  ['a.example', 'b.example'].map((identity) => ({ region, identity })),
);
const policy = fc.constantFrom(undefined, '{"Statement":[{"Sid":"1"}]}', '{"Statement":[{"Effect":"Allow"}]}');
const setups: fc.Arbitrary<Setup> = fc.record({
  emailConfiguration: fc.constantFrom({ SourceArn: 'a' }, { SourceArn: 'b' }, {}),
  tag: fc.constantFrom(undefined, 'v2 a', 'v2 b'),
  policies: fc
    .tuple(...refs.map((ref) => policy.map((document) => ({ ...ref, policy: document }))))
    .chain((all) => fc.subarray(all)),
});

/** A setup after a plan was applied to it. */
function applied(from: Setup, to: Setup, plan: Plan): Setup {
  const at = <T extends IdentityRef>(list: readonly T[], ref: IdentityRef) =>
    list.find((one) => one.region === ref.region && one.identity === ref.identity);
  const policies = refs.map((ref) => {
    const put = at(plan.putPolicies, ref)?.policy;
    return { ...ref, policy: at(plan.deletePolicies, ref) ? undefined : (put ?? at(from.policies, ref)?.policy) };
  });
  if (plan.updatePool === 'update') return { ...to, policies };
  return { ...from, policies, tag: plan.updatePool === 'tag' ? to.tag : from.tag };
}

test('a plan leads to its target, and from there nothing is left to do', () => {
  fc.assert(
    fc.property(setups, setups, (from, to) => {
      const after = applied(from, to, planBetween(from, to));
      expect(isNoOp(planBetween(after, to))).toBe(true);
    }),
  );
});

test('the plan the other way leads back', () => {
  fc.assert(
    fc.property(setups, setups, (from, to) => {
      const after = applied(from, to, planBetween(from, to));
      const back = applied(after, from, planBetween(after, from));
      expect(isNoOp(planBetween(back, from))).toBe(true);
    }),
  );
});

test('a policy of the same meaning is left alone, another one is replaced', () => {
  const ref = { region: 'eu-west-1', identity: 'a.example' };
  const setup = (text: string): Setup => ({
    emailConfiguration: {},
    tag: 'v2 a',
    policies: [{ ...ref, policy: text }],
  });
  expect(
    isNoOp(planBetween(setup('{"Statement":[{"Action":"ses:x"}]}'), setup('{"Statement":{"Action":["SES:X"]}}'))),
  ).toBe(true);
  const { putPolicies, deletePolicies } = planBetween(
    setup('{"Statement":[]}'),
    setup('{"Statement":[{"Effect":"Deny"}]}'),
  );
  expect(putPolicies).toMatchObject([{ replaces: true }]);
  expect(deletePolicies).toEqual([]);
});

const [here, there] = [
  { region: 'eu-west-1', identity: 'a.example' },
  { region: 'us-east-1', identity: 'a.example' },
];

describe('a plan', () => {
  const setup: Setup = { emailConfiguration: { From: 'a' }, tag: 'v2 a', policies: [{ ...here, policy: '{}' }] };
  const nothing: Plan = { putPolicies: [], updatePool: undefined, deletePolicies: [] };
  test.each<[string, Partial<Setup>, Partial<Plan>, boolean]>([
    ['to what is there', {}, {}, true],
    ['to another tag', { tag: 'v2 b' }, { updatePool: 'tag' }, true],
    ['to no tag', { tag: undefined }, { updatePool: 'tag' }, true],
    ['to another e-mail', { emailConfiguration: { From: 'b' } }, { updatePool: 'update' }, false],
    ['to another e-mail and tag', { emailConfiguration: {}, tag: undefined }, { updatePool: 'update' }, false],
    [
      'to another policy',
      { policies: [{ ...here, policy: '[]' }] },
      { putPolicies: [{ ...here, policy: '[]', replaces: true }] },
      false,
    ],
    [
      'to a policy more',
      { policies: [...setup.policies, { ...there, policy: '{}' }] },
      { putPolicies: [{ ...there, policy: '{}', replaces: false }] },
      false,
    ],
    ['to no policy', { policies: [here] }, { deletePolicies: [here] }, false],
    ['to no identity', { policies: [] }, { deletePolicies: [here] }, false],
    ['to another identity without a policy', { policies: [...setup.policies, there] }, {}, true],
  ])('%s', (_name, change, steps, inForce) => {
    const plan = planBetween(setup, { ...setup, ...change });
    expect(plan).toEqual({ ...nothing, ...steps });
    expect(isInForce(plan)).toBe(inForce);
    expect(isNoOp(plan)).toBe(Object.keys(steps).length === 0);
  });
  test('deletes no policy where none is attached', () => {
    expect(planBetween({ ...setup, policies: [here] }, { ...setup, policies: [] })).toEqual(nothing);
  });
});

test.each<[object, boolean]>([
  [{}, true],
  [{ A: 1 }, true],
  [{ A: 1, B: { C: [2] } }, true],
  [{ A: 2 }, false],
  [{ A: 1, B: { C: [] } }, false],
  [{ A: 1, D: 1 }, false],
])('a live configuration has the members of %j: %s', (wanted, answer) => {
  expect(includesMembers({ A: 1, B: { C: [2] }, More: null }, wanted as Record<string, number>)).toBe(answer);
});

test('an attached policy is ours for the pool, no other', () => {
  const pool = { region: 'eu-west-1', id: 'p' };
  const name = policyName(pool);
  const identities = [
    { ...here, observed: verified({ [name]: 'ours', [policyName({ ...pool, id: 'q' })]: 'of another pool' }) },
    { ...there, observed: verified({ Other: 'theirs' }) },
    { region: 'us-east-1', identity: 'gone.example', observed: { kind: 'absent' } as const },
  ];
  const policies = attachedPolicies(identities, pool);
  expect(policies).toEqual([
    { ...here, policy: 'ours' },
    { ...there, policy: undefined },
    { region: 'us-east-1', identity: 'gone.example', policy: undefined },
  ]);
  expect([hasAttachedPolicies(policies), hasAttachedPolicies(policies.slice(1)), hasAttachedPolicies([])]).toEqual([
    true,
    false,
    false,
  ]);
});

const source = (region: string) => `arn:aws:ses:${region}:111122223333:identity/a.example`;
test.each<[string, object, string, readonly string[]]>([
  ['one Region', { SourceArn: source('us-east-1') }, 'eu-west-1', ['us-east-1']],
  ['both Regions of a row', { SourceArn: source('*') }, 'me-central-1', ['eu-central-1', 'eu-west-2']],
  ['no Region that is known', { SourceArn: source('*') }, 'xx-east-1', []],
  ['nothing', {}, 'eu-west-1', []],
  ['nothing of an odd ARN', { SourceArn: 'arn' }, 'eu-west-1', []],
])('a pool sends through %s', (_name, email, poolRegion, regions) => {
  const emailConfiguration = email as Record<string, string>;
  const expected = regions.map((region) => ({ region, identity: 'a.example' }));
  expect(identitiesOfSource(emailConfiguration, poolRegion)).toEqual(expected);
  expect(liveIdentities(poolIn(poolRegion, { emailConfiguration }))).toEqual(expected);
});

test.each<[string, Partial<Setup>, boolean, boolean]>([
  ['nothing', {}, false, false],
  ['the default sender', { emailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } }, false, false],
  ['a tag', { tag: '' }, true, true],
  ['a sender', { emailConfiguration: { SourceArn: 'arn' } }, true, true],
  ['a reply address', { emailConfiguration: { ReplyToEmailAddress: 'a@example.com' } }, false, true],
])('%s is a setup: %s, and is configured: %s', (_name, change, isSetup, configured) => {
  const pool = { tag: undefined, emailConfiguration: {}, ...change };
  expect([hasSetup(pool), isConfigured(pool)]).toEqual([isSetup, configured]);
});

test('what the type does not know of a configuration stays', () => {
  const live = { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn', From: 'a', Future: 1 };
  expect(mergeEmailConfiguration(live, { EmailSendingAccount: 'DEVELOPER', SourceArn: 'b' })).toEqual({
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'b',
    Future: 1,
  });
  expect(withoutSender(live)).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT', Future: 1 });
});

test('a pool has its e-mail, its tag and the policies that were seen', () => {
  const pool = poolIn('eu-west-1', { emailConfiguration: { From: 'a' }, tag: 'v2 a' });
  expect(setupOf(pool, [here])).toEqual({ emailConfiguration: { From: 'a' }, tag: 'v2 a', policies: [here] });
});

describe('what there is of a setup', () => {
  const policies = [{ region: 'eu-west-1', identity: 'a.example', policy: '{}' }];

  test('on a pool that does not exist: policies alone', () =>
    expect(setupOf({ kind: 'absent' }, policies)).toEqual({ emailConfiguration: {}, tag: undefined, policies }));

  test('with the policies of an earlier look in place of those that are gone', () => {
    const [attached] = policies;
    const gone = { region: 'eu-west-1', identity: 'a.example', policy: undefined };
    const elsewhere = { ...gone, region: 'eu-west-2' };
    const renewed = { ...gone, policy: '{"Version":"2012-10-17"}' };
    expect(withEarlierPolicies([gone, elsewhere], policies)).toEqual([attached, elsewhere]);
    expect(withEarlierPolicies([renewed], policies)).toEqual([renewed]);
  });
});

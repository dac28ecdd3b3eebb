import type { AnswerCache } from '../../../src/aws/answer-cache';
import type { Ses } from '../../../src/aws/ses';
import { cachedSes } from '../../../src/aws/ses-cache';
import type { ObservedIdentity } from '../../../src/domain/plan/observed';
import { pending, verified } from '../../support/observed';

const ref = { region: 'eu-west-1', identity: 'example.com' };
const denial = '{"Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}';

/** SES that gives these answers, what it was asked, and the cache before it. */
function ses(answers: { identity?: ObservedIdentity; account?: object; set?: object } = {}, ttl = 10_000) {
  const asked: string[] = [];
  const say =
    <T>(name: string, answer: T) =>
    async () => {
      asked.push(name);
      return answer;
    };
  const plain: Ses = {
    getEmailIdentity: say('identity', answers.identity ?? verified()),
    getAccount: say('account', { productionAccess: true, sendingEnabled: true, ...answers.account }),
    getConfigurationSet: say('set', { kind: 'present', sendingEnabled: true, ...answers.set } as const),
    putEmailIdentityPolicy: say('put', undefined),
    deleteEmailIdentityPolicy: say('delete', undefined),
  };
  const cache: AnswerCache = { answers: {} };
  return { asked, cache, cached: cachedSes(plain, cache, { policyName: 'ours', ttl }) };
}

describe('what lets an operation go on is asked once', () => {
  test('a verified identity without our policy', async () => {
    const { asked, cached } = ses({ identity: verified({ theirs: denial }) });
    const first = await cached.getEmailIdentity(ref);
    const second = await cached.getEmailIdentity(ref);
    expect(asked).toEqual(['identity']);
    expect(Object.keys((second as typeof first & { policies: object }).policies)).toEqual(['theirs']);
  });
  test('an account and a configuration set that may send', async () => {
    const { asked, cached } = ses();
    for (let round = 0; round < 2; round += 1) {
      await cached.getAccount('eu-west-1');
      await cached.getConfigurationSet('eu-west-1', 'sign-up');
    }
    expect(asked).toEqual(['account', 'set']);
  });
  test('in each Region, for each identity', async () => {
    const { asked, cached } = ses();
    await cached.getEmailIdentity(ref);
    await cached.getEmailIdentity({ ...ref, region: 'eu-west-2' });
    await cached.getEmailIdentity({ ...ref, identity: 'example.org' });
    expect(asked).toHaveLength(3);
  });
});

describe('asked again is', () => {
  test.each<[string, ObservedIdentity]>([
    ['an identity that is absent', { kind: 'absent' }],
    ['an identity that is not verified', pending],
    ['an identity with our policy', verified({ ours: '{}' })],
  ])('%s', async (_name, identity) => {
    const { asked, cached } = ses({ identity });
    await cached.getEmailIdentity(ref);
    await cached.getEmailIdentity(ref);
    expect(asked).toHaveLength(2);
  });
  test.each([
    ['an account in the sandbox', { account: { productionAccess: false } }],
    ['an account whose sending is paused', { account: { sendingEnabled: false } }],
  ])('%s', async (_name, answers) => {
    const { asked, cached } = ses(answers);
    await cached.getAccount('eu-west-1');
    await cached.getAccount('eu-west-1');
    expect(asked).toHaveLength(2);
  });
  test.each([
    ['a configuration set that is absent', { kind: 'absent' }],
    ['a configuration set whose sending is paused', { sendingEnabled: false }],
  ])('%s', async (_name, set) => {
    const { asked, cached } = ses({ set });
    await cached.getConfigurationSet('eu-west-1', 'sign-up');
    await cached.getConfigurationSet('eu-west-1', 'sign-up');
    expect(asked).toHaveLength(2);
  });
  test('an identity that was written to', async () => {
    const { asked, cached } = ses();
    await cached.getEmailIdentity(ref);
    await cached.putEmailIdentityPolicy(ref, { name: 'ours', policy: '{}', replaces: false });
    await cached.getEmailIdentity(ref);
    await cached.deleteEmailIdentityPolicy(ref, 'ours');
    await cached.getEmailIdentity(ref);
    expect(asked).toEqual(['identity', 'put', 'identity', 'delete', 'identity']);
  });
  test('what is too old, and what the cache has lost', async () => {
    const old = ses({}, 0);
    await old.cached.getAccount('eu-west-1');
    await old.cached.getAccount('eu-west-1');
    expect(old.asked).toHaveLength(2);
    const emptied = ses();
    await emptied.cached.getAccount('eu-west-1');
    emptied.cache.answers = {};
    await emptied.cached.getAccount('eu-west-1');
    expect(emptied.asked).toHaveLength(2);
  });
});

test('a name that every object inherits is no cached answer', async () => {
  const { asked, cached } = ses();
  await cached.getAccount('constructor');
  expect(asked).toEqual(['account']);
});

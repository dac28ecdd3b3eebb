import type { JsonObject } from '../../../../src/domain/json';
import {
  type AcceptedUpdate,
  emailAfter,
  isAsSet,
  keepsFormerTag,
  SettingsChanged,
  settingsAfter,
} from '../../../../src/domain/user-pool/accepted-update';
import { poolIn } from '../../../support/observed';

const answeredAt = 1_800_000_000_000;
const tagKey = 'Org::Cognito::EmailSetup';
const named = 'user pool eu-west-1_A in eu-west-1';
const before: JsonObject = {
  Id: 'eu-west-1_A',
  MfaConfiguration: 'OFF',
  EmailConfiguration: { From: 'a@example.com' },
  UserPoolTags: { [tagKey]: 'old' },
};
const update = (more: Partial<AcceptedUpdate> = {}): AcceptedUpdate => ({ described: before, answeredAt, ...more });
/** The pool as it is described `seconds` after the answer to our update. */
const poolAfter = (described: JsonObject, seconds = 0, tag?: string) =>
  poolIn('eu-west-1', {
    described: { ...before, LastModifiedDate: answeredAt / 1000 + seconds, ...described },
    tag,
  });

describe('the settings after an update', () => {
  test('as before: nothing to say', () => expect(settingsAfter(poolAfter({}), update())).toEqual({ log: [] }));

  test('changed by the update itself, which is an error', () => {
    const { error, log } = settingsAfter(poolAfter({ MfaConfiguration: 'ON' }), update());
    expect(error).toBeInstanceOf(SettingsChanged);
    expect([error?.code, error?.message]).toEqual([
      'GeneralServiceException',
      `Cognito did not keep MfaConfiguration of ${named} through UpdateUserPool: set it again by hand, and report this.`,
    ]);
    expect(log).toEqual([`UpdateUserPool has changed MfaConfiguration of ${named}`]);
  });

  test.each([
    ['by somebody else since', poolAfter({ MfaConfiguration: 'ON' }, 3), update(), 'Somebody else has changed'],
    [
      'while the answer was lost',
      poolAfter({ MfaConfiguration: 'ON' }),
      update({ answeredAt: undefined }),
      'changed while the answer to our update was lost',
    ],
    [
      'at a time that Cognito does not tell',
      poolAfter({ MfaConfiguration: 'ON', LastModifiedDate: null }),
      update(),
      'changed while the answer to our update was lost',
    ],
  ])('changed %s, which is logged', (_name, pool, accepted, line) => {
    const { error, log } = settingsAfter(pool, accepted);
    expect([error, log.length]).toEqual([undefined, 1]);
    expect(log[0]).toContain(line);
  });

  test('a change within two seconds counts as ours, for dates are whole seconds', () => {
    expect(settingsAfter(poolAfter({ MfaConfiguration: 'ON' }, 2), update()).error).toBeDefined();
    expect(settingsAfter(poolAfter({ MfaConfiguration: 'ON' }, 2.001), update()).error).toBeUndefined();
  });

  test('what has appeared is logged', () =>
    expect(settingsAfter(poolAfter({ LambdaConfig: { PreSignUp: 'arn' } }), update())).toEqual({
      log: [`New on ${named} since our update: LambdaConfig`],
    }));

  test.each([
    ['the update', 0, update(), `UpdateUserPool has changed MfaConfiguration of ${named}`],
    [
      'somebody else',
      3,
      update(),
      `Somebody else has changed MfaConfiguration of ${named} since our update: left as it is`,
    ],
    [
      'somebody unknown',
      0,
      update({ answeredAt: undefined }),
      `MfaConfiguration of ${named} changed while the answer to our update was lost`,
    ],
  ])('what has appeared is logged before what %s has changed', (_name, seconds, accepted, line) => {
    const pool = poolAfter({ MfaConfiguration: 'ON', LambdaConfig: { PreSignUp: 'arn' } }, seconds);
    expect(settingsAfter(pool, accepted).log).toEqual([`New on ${named} since our update: LambdaConfig`, line]);
  });
});

describe('the e-mail after an update', () => {
  const to = (emailConfiguration: JsonObject, tag?: string) => ({ emailConfiguration, tag, policies: [] });
  const found = (emailConfiguration: JsonObject, tag?: string, seconds = 0) => ({
    ...poolAfter({}, seconds, tag),
    emailConfiguration,
  });
  const changed = `The e-mail of ${named} was changed by somebody else right after it was set: see who else configures it.`;

  test('as it was set', () => {
    const pool = found({ From: 'b@example.com' }, 'new');
    expect(emailAfter(pool, to({ From: 'b@example.com' }, 'new'), update(), pool)).toEqual({ log: [] });
    expect(isAsSet(pool, to({ From: 'b@example.com' }, 'new'))).toBe(true);
  });

  test.each([
    ['another value', found({ From: 'c@example.com' }, 'new')],
    ['another tag', found({ From: 'b@example.com' }, 'third')],
  ])('%s is a conflict', (_name, pool) => {
    const wanted = to({ From: 'b@example.com' }, 'new');
    expect(emailAfter(pool, wanted, update(), pool).error?.message).toBe(changed);
    expect(isAsSet(pool, wanted)).toBe(false);
  });

  test('a member that Cognito kept is an error, unless somebody has written since', () => {
    const kept = found({ From: 'a@example.com' });
    expect(emailAfter(kept, to({}), update(), kept).error?.message).toBe(
      `Cognito kept From of ${named}, though UpdateUserPool left it out: declare what it is to be instead, or take it off the pool by hand, and report this.`,
    );
    expect(emailAfter(kept, to({}), update(), found({}, undefined, 3)).error?.message).toBe(changed);
    // Where nobody knows who has written last, it counts as kept.
    const lost = update({ answeredAt: undefined });
    expect(emailAfter(kept, to({}), lost, kept).error?.code).toBe('GeneralServiceException');
    expect(isAsSet(kept, to({}))).toBe(false);
  });

  test('a member that Cognito added is logged, and one that somebody may have added is a conflict', () => {
    const added = found({ ConfigurationSet: 'x' });
    const described = { ...before, EmailConfiguration: {} };
    expect(emailAfter(added, to({}), update({ described }), added)).toEqual({
      log: [`Cognito has added ConfigurationSet to the e-mail of ${named}`],
    });
    const lost = update({ described, answeredAt: undefined });
    expect(emailAfter(added, to({}), lost, added).error?.message).toBe(changed);
  });

  test.each([
    ['still there', found({}, 'old'), to({}), true],
    ['gone', found({}), to({}), false],
    ['another one', found({}, 'third'), to({}), false],
    ['still there, with another e-mail', found({}, 'old'), to({ From: 'b@example.com' }), false],
    ['to stay', found({}, 'old'), to({}, 'old'), false],
  ])('the former tag is %s', (_name, pool, wanted, isKept) =>
    expect(keepsFormerTag(pool, wanted, update())).toBe(isKept),
  );
  test('a pool that had no tag keeps none', () =>
    expect(keepsFormerTag(found({}), to({}), update({ described: {} }))).toBe(false));
});

import { defaults } from '../../emulator/cognito/defaults';
import type { Call, Fault, Json, JsonObject } from '../../emulator/types';
import { attachments, tagKey } from '../support/expect-setup';
import { expectFailure, setupProperties, startTestHarness, type TestHarness } from '../support/harness';
import { alone, futureSettings, settings } from '../support/pool-settings';
import { changeOnUpdate, type Path, settingPaths, withValue } from '../support/setting-changes';

const region = 'eu-west-1';
const developer = { EmailSendingAccount: 'DEVELOPER', Identity: 'example.org', From: 'a@example.org' };
const replying = { ...developer, ReplyToEmailAddress: 'help@example.org' };
const address = { EmailSendingAccount: 'COGNITO_DEFAULT', Identity: 'no-reply@example.com' };

let harness: TestHarness;
beforeAll(async () => {
  harness = await startTestHarness({ environment: { EMAILSETUP_DEADLINE_MS: '2400', EMAILSETUP_PATIENCE_MS: '4800' } });
  for (const name of ['no-reply@example.com', 'example.org']) harness.regionState(region).ses.addIdentity(name);
});
afterEach(() => {
  harness.aws.afterCall = undefined;
  harness.aws.intercept = undefined;
});
afterAll(() => harness.close());

/** Adds a pool, set up as declared. */
async function poolWith(members: JsonObject, declared?: JsonObject) {
  const { cognito } = harness.regionState(region);
  const id = cognito.addPool(members);
  const pool = cognito.pools.get(id);
  if (!pool) throw new Error('the pool is there');
  if (declared) await harness.succeed(region, { action: 'CREATE', properties: setupProperties(id, declared) });
  return { id, pool };
}
const create = (id: string, declared: JsonObject = address) =>
  ({ action: 'CREATE', properties: setupProperties(id, declared) }) as const;
const update = (id: string, previous: JsonObject, declared: JsonObject) =>
  ({ action: 'UPDATE', properties: setupProperties(id, declared), previous: setupProperties(id, previous) }) as const;
const remove = (id: string, declared: JsonObject) =>
  ({ action: 'DELETE', properties: setupProperties(id, declared) }) as const;

/** A pool as it is, but for the time of its last change. */
function seen(id: string): JsonObject {
  const { LastModifiedDate: _t, ...pool } = harness.regionState(region).cognito.describe(id);
  return pool;
}

/** Expects one line of the log about the pool to match. The line may come a moment after the answer. */
async function logged(id: string, text: RegExp): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const lines = harness.handler.printed.join('').split('\n');
    if (lines.some((line) => line.includes(id) && text.test(line))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nothing like ${text} was logged about ${id}`);
}

/** The older member that repeats one of the template. */
const twinOf: Readonly<Record<string, Path>> = {
  'VerificationMessageTemplate.EmailMessage': ['EmailVerificationMessage'],
  'VerificationMessageTemplate.EmailSubject': ['EmailVerificationSubject'],
  'VerificationMessageTemplate.SmsMessage': ['SmsVerificationMessage'],
};

/** Create fails and names the setting that its update changes, and what it wrote is rolled back. */
async function failsByName(members: JsonObject, path: Path, value: Json | undefined): Promise<void> {
  const { id, pool } = await poolWith(members);
  // What repeats another setting is not there without it.
  const twin = twinOf[path.join('.')];
  const aside: readonly Path[] = [
    path,
    ['AdminCreateUserConfig', 'UnusedAccountValidityDays'],
    ...(twin ? [twin] : []),
  ];
  const rest = () => aside.reduce((pool, at) => withValue(pool, at, undefined), seen(id));
  const before = rest();
  changeOnUpdate(harness.aws, pool, { path, value });
  const message = await expectFailure(harness, region, create(id), 'GeneralServiceException');
  expect(message).toMatch(new RegExp(`did not keep ${path.join('\\.')}[ .,].*user pool ${id} in ${region}`));
  expect(message).not.toContain('could not all be undone');
  expect(rest()).toEqual(before);
  expect(attachments(harness, region, id)).toEqual([]);
}

// What repeats the template, and what says nothing.
const aside = /VerificationMessage$|VerificationSubject$|\.Nothing$|\.Empty$|EmailSendingAccount$/;
const isSetting = (path: Path) => !aside.test(path.join('.'));
const named = (paths: readonly Path[]) => paths.map((path) => [path.join('.'), path] as const);

describe('a setting that is lost, although it was sent', () => {
  test.each(named(settingPaths(settings).filter(isSetting)))('%s', (_name, path) =>
    failsByName(alone(path[0]), path, undefined),
  );

  test.each(named(settingPaths(futureSettings).filter(isSetting)))('%s, which no SDK knows', (_name, path) =>
    failsByName(futureSettings, path, undefined),
  );

  test.each(['SmsVerificationMessage', 'EmailVerificationMessage', 'EmailVerificationSubject'])(
    '%s, where no template has it',
    (member) => failsByName(alone(member), [member], undefined),
  );
});

test.each(Object.keys(settings).filter((member) => member !== 'UserPoolTags'))(
  '%s falls back to its default, although it was sent',
  async (member) => {
    const { id, pool } = await poolWith(alone(member));
    changeOnUpdate(harness.aws, pool, { path: [member], value: defaults[member] });
    const message = await expectFailure(harness, region, create(id), 'GeneralServiceException');
    expect(message).toMatch(new RegExp(`did not keep ${member}`));
    expect(attachments(harness, region, id)).toEqual([]);
    expect(seen(id)).toMatchObject({ EmailConfiguration: defaults['EmailConfiguration'], UserPoolTags: {} });
  },
);

/** Refuses an update as long as it carries the member. */
const refusing =
  (member: string, message: string) =>
  ({ operation, input }: Call): Fault | undefined =>
    operation === 'UpdateUserPool' && member in input
      ? { kind: 'error', status: 400, name: 'InvalidParameterException', message }
      : undefined;

describe.each([
  [
    'MfaConfiguration',
    'ON',
    'OFF',
    'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
  ],
  ['KeyConfiguration', { KeyType: 'CUSTOMER_MANAGED' }, { KeyType: 'AWS_OWNED_KEY' }, 'KeyConfiguration is immutable'],
  ['IssuerConfiguration', { Type: 'CUSTOM' }, { Type: 'ORIGINAL' }, "Value at 'issuerConfiguration.type' failed"],
  ['PasskeyVault', { Type: 'STRICT' }, undefined, 'Unrecognized member: PasskeyVault'],
] as [string, Json, Json | undefined, string][])(
  '%s, which Cognito does not take back',
  (member, value, reset, text) => {
    test('is left out, and stays', async () => {
      const { id, pool } = await poolWith({ [member]: value });
      harness.aws.intercept = refusing(member, text);
      changeOnUpdate(harness.aws, pool, { path: [member], value });
      const start = harness.aws.calls.length;
      await harness.succeed(region, create(id));
      expect(seen(id)[member]).toEqual(value);
      expect(harness.callsSince(start).filter((call) => call.startsWith('UpdateUserPool'))).toHaveLength(2);
    });

    test('is left out, and Cognito resets it: that fails by name', async () => {
      const { id, pool } = await poolWith({ [member]: value });
      harness.aws.intercept = refusing(member, text);
      changeOnUpdate(harness.aws, pool, { path: [member], value: reset });
      const message = await expectFailure(harness, region, create(id), 'GeneralServiceException');
      expect(message).toMatch(new RegExp(`did not keep ${member}`));
      expect(attachments(harness, region, id)).toEqual([]);
    });

    test('is left out once: a second refusal is the pool’s own trouble', async () => {
      const { id } = await poolWith({ [member]: value });
      harness.aws.intercept = ({ operation }) =>
        operation === 'UpdateUserPool'
          ? { kind: 'error', status: 400, name: 'InvalidParameterException', message: text }
          : undefined;
      const before = seen(id);
      const start = harness.aws.calls.length;
      await expectFailure(harness, region, create(id), 'InvalidRequest');
      expect(harness.callsSince(start).filter((call) => call.startsWith('UpdateUserPool'))).toHaveLength(2);
      expect(seen(id)).toEqual(before);
    });
  },
);

const lambda: Path = ['LambdaConfig', 'PreSignUp'];

describe('an update that loses a setting', () => {
  test('fails by name, and the setup before is there again', async () => {
    const { id, pool } = await poolWith(settings, address);
    const before = pool.members;
    changeOnUpdate(harness.aws, pool, { path: lambda, value: undefined });
    const message = await expectFailure(harness, region, update(id, address, replying), 'GeneralServiceException');
    expect(message).toContain('did not keep LambdaConfig.PreSignUp');
    expect(pool.members).toEqual(withValue(before, lambda, undefined));
    expect(attachments(harness, region, id)).toEqual([`${region}/no-reply@example.com policy`]);
  });

  test('in a Delete takes everything of ours away all the same, and says it once', async () => {
    const { id, pool } = await poolWith(settings, address);
    changeOnUpdate(harness.aws, pool, { path: lambda, value: undefined });
    const message = await expectFailure(harness, region, remove(id, address), 'GeneralServiceException');
    expect(message).toContain('did not keep LambdaConfig.PreSignUp');
    expect(attachments(harness, region, id)).toEqual([]);
    expect(seen(id)).toMatchObject({ EmailConfiguration: defaults['EmailConfiguration'] });
    expect(pool.members['UserPoolTags']).not.toHaveProperty([tagKey]);
    await expectFailure(harness, region, remove(id, address), 'NotFound');
  });

  test('in a roll-back is named beside the cause, and everything of ours is rolled back', async () => {
    const { id, pool } = await poolWith(settings);
    changeOnUpdate(harness.aws, pool, { path: lambda, value: undefined });
    const first = harness.aws.afterCall;
    let count = 0;
    harness.aws.afterCall = (call) => {
      first?.(call);
      if (call.operation !== 'UpdateUserPool') return;
      count += 1;
      if (count === 2) pool.members = withValue(pool.members, ['UserPoolTags', 'team'], undefined);
    };
    const message = await expectFailure(harness, region, create(id), 'GeneralServiceException');
    expect(message).toMatch(/did not keep LambdaConfig\.PreSignUp of .*did not keep UserPoolTags\.team of /);
    expect(message).not.toContain('could not all be undone');
    expect(attachments(harness, region, id)).toEqual([]);
    expect(pool.members['UserPoolTags']).toEqual({ 'cost:centre': '42' });
  });
});

describe('where the pool cannot be read before the next invocation', () => {
  /** After the nth update the pool cannot be described for longer than an invocation lasts. */
  function blind(nth: number): void {
    let count = 0;
    let until = 0;
    harness.aws.intercept = ({ operation }) => {
      if (operation === 'UpdateUserPool') {
        count += 1;
        if (count === nth) until = Date.now() + 2600;
      }
      return operation === 'DescribeUserPool' && Date.now() < until
        ? { kind: 'error', status: 400, name: 'TooManyRequestsException', message: 'Rate exceeded' }
        : undefined;
    };
  }

  test.each([
    ['Create', undefined, (id: string) => create(id)],
    ['Update', replying, (id: string) => update(id, replying, address)],
    ['Delete', address, (id: string) => remove(id, address)],
  ])('a loss in a %s is still noticed', async (_name, before, operation) => {
    const { id, pool } = await poolWith(settings, before);
    changeOnUpdate(harness.aws, pool, { path: lambda, value: undefined });
    blind(1);
    const answers = await harness.run(region, operation(id));
    expect(answers.length).toBeGreaterThan(1);
    const [last] = answers.slice(-1);
    expect(last).toMatchObject({ status: 'FAILED', errorCode: 'GeneralServiceException' });
    expect(last?.message).toContain('did not keep LambdaConfig.PreSignUp');
    expect(attachments(harness, region, id)).toEqual([]);
  });

  test('a loss in a roll-back is still noticed', async () => {
    const { id, pool } = await poolWith(settings);
    changeOnUpdate(harness.aws, pool, { path: lambda, value: undefined, nth: 2 });
    blind(2);
    const after = harness.aws.afterCall;
    let changed = false;
    harness.aws.afterCall = (call) => {
      after?.(call);
      // The operation fails for this one.
      if (call.operation === 'UpdateUserPool' && !changed) {
        changed = true;
        pool.members = withValue(pool.members, ['UserPoolTags', 'team'], undefined);
      }
    };
    const answers = await harness.run(region, create(id));
    expect(answers.length).toBeGreaterThan(1);
    const [last] = answers.slice(-1);
    expect(last?.message).toMatch(/did not keep UserPoolTags\.team of .*did not keep LambdaConfig\.PreSignUp of /);
    expect(attachments(harness, region, id)).toEqual([]);
  });
});

describe('a setting that somebody else changes right after our update', () => {
  test('stays as they want it, and is logged', async () => {
    const { id, pool } = await poolWith(settings);
    changeOnUpdate(harness.aws, pool, { path: lambda, value: undefined });
    const change = harness.aws.afterCall;
    harness.aws.afterCall = (call) => {
      change?.(call);
      if (call.operation === 'UpdateUserPool') pool.modified = Date.now() / 1000 + 4;
    };
    await harness.succeed(region, create(id));
    expect((seen(id)['LambdaConfig'] as JsonObject)['PreSignUp']).toBeUndefined();
    await logged(id, /Somebody else has changed LambdaConfig\.PreSignUp/);
  });

  test('within the two seconds in which it counts as ours it fails the operation, and still stays', async () => {
    const { id, pool } = await poolWith(settings);
    changeOnUpdate(harness.aws, pool, { path: lambda, value: 'arn:aws:lambda:eu-west-1:111122223333:function:other' });
    await expectFailure(harness, region, create(id), 'GeneralServiceException');
    expect((seen(id)['LambdaConfig'] as JsonObject)['PreSignUp']).toMatch(/:other$/);
  });

  test('is logged where the answer to our update was lost: whose change it is cannot be known', async () => {
    const { id, pool } = await poolWith(settings);
    changeOnUpdate(harness.aws, pool, { path: lambda, value: undefined });
    let lost = false;
    harness.aws.intercept = ({ operation }) => {
      if (operation !== 'UpdateUserPool' || lost) return undefined;
      lost = true;
      return { kind: 'lost-answer' };
    };
    await harness.succeed(region, create(id));
    await logged(id, /LambdaConfig\.PreSignUp of .* changed while the answer to our update was lost/);
  });

  test('is logged where that update must be made again', async () => {
    const { id, pool } = await poolWith(settings);
    changeOnUpdate(harness.aws, pool, { path: lambda, value: undefined });
    const change = harness.aws.afterCall;
    let lost = false;
    harness.aws.intercept = ({ operation }) =>
      operation === 'UpdateUserPool' && !lost ? { kind: 'lost-answer' } : undefined;
    harness.aws.afterCall = (call) => {
      change?.(call);
      if (call.operation !== 'UpdateUserPool' || lost) return;
      lost = true;
      pool.members = { ...pool.members, EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } };
    };
    await harness.succeed(region, create(id));
    await logged(id, /LambdaConfig\.PreSignUp of .* changed while the answer to our update was lost/);
  });

  test('and that only appears is no loss', async () => {
    const { id, pool } = await poolWith(settings);
    changeOnUpdate(harness.aws, pool, { path: ['PasskeyVault'], value: { Mode: 'STRICT' } });
    await harness.succeed(region, create(id));
    await logged(id, /New on .*: PasskeyVault/);
  });
});

/** A Cognito that merges the members of EmailConfiguration into those that are there. */
function merging(id: string): void {
  let before: JsonObject = {};
  harness.aws.intercept = ({ operation }) => {
    if (operation === 'UpdateUserPool') before = seen(id)['EmailConfiguration'] as JsonObject;
    return undefined;
  };
  harness.aws.afterCall = ({ operation }) => {
    const pool = harness.regionState(region).cognito.pools.get(id);
    if (operation !== 'UpdateUserPool' || !pool) return;
    const now = pool.members['EmailConfiguration'] as JsonObject;
    pool.members = { ...pool.members, EmailConfiguration: { ...before, ...now } };
  };
}

describe('where Cognito keeps a member of the e-mail that is left out', () => {
  test.each([
    ['ReplyToEmailAddress', replying, developer],
    ['From, ReplyToEmailAddress', replying, address],
  ])('an update fails and names %s, and the setup before is there again', async (kept, from, to) => {
    const { id } = await poolWith(settings, from);
    const before = seen(id);
    merging(id);
    const message = await expectFailure(harness, region, update(id, from, to), 'GeneralServiceException');
    expect(message).toContain(`Cognito kept ${kept} of user pool ${id} in ${region}`);
    expect(seen(id)).toEqual(before);
    expect(attachments(harness, region, id)).toEqual([]);
  });

  test('a setting that is lost beside it is named, too', async () => {
    const { id, pool } = await poolWith(settings, replying);
    merging(id);
    const merge = harness.aws.afterCall;
    harness.aws.afterCall = (call) => {
      merge?.(call);
      if (call.operation === 'UpdateUserPool') pool.members = withValue(pool.members, lambda, undefined);
    };
    const message = await expectFailure(harness, region, remove(id, replying), 'GeneralServiceException');
    expect(message).toMatch(/Cognito kept SourceArn, From, ReplyToEmailAddress .*did not keep LambdaConfig\.PreSignUp/);
  });

  test('a Delete names what stays', async () => {
    const { id } = await poolWith(settings, replying);
    merging(id);
    const message = await expectFailure(harness, region, remove(id, replying), 'GeneralServiceException');
    expect(message).toContain('Cognito kept SourceArn, From, ReplyToEmailAddress');
  });

  test('a roll-back that cannot remove it says so, and names the pool', async () => {
    const { id, pool } = await poolWith(settings);
    merging(id);
    const merge = harness.aws.afterCall;
    harness.aws.afterCall = (call) => {
      merge?.(call);
      if (call.operation === 'UpdateUserPool') pool.members = withValue(pool.members, lambda, undefined);
    };
    const answer = await harness.last(region, create(id, replying));
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'GeneralServiceException' });
    expect(answer.message).toMatch(
      /did not keep LambdaConfig\.PreSignUp.*could not all be undone \(Cognito kept SourceArn, From, ReplyToEmailAddress/,
    );
    expect(answer.resourceModel).toMatchObject({ UserPoolId: id });
  });

  test('what somebody else has set meanwhile is a conflict, and not reported as kept', async () => {
    const { id, pool } = await poolWith(settings, replying);
    harness.aws.afterCall = ({ operation }) => {
      if (operation !== 'UpdateUserPool') return;
      pool.members = withValue(pool.members, ['EmailConfiguration', 'ReplyToEmailAddress'], 'help@example.org');
      pool.modified = Date.now() / 1000 + 60;
    };
    const message = await expectFailure(harness, region, update(id, replying, developer), 'ResourceConflict');
    expect(message).toContain('was changed by somebody else');
  });

  test('what somebody else adds once is noticed, and the e-mail is as declared in the end', async () => {
    const { id, pool } = await poolWith(settings);
    changeOnUpdate(harness.aws, pool, {
      path: ['EmailConfiguration', 'ReplyToEmailAddress'],
      value: 'other@example.com',
    });
    const change = harness.aws.afterCall;
    harness.aws.afterCall = (call) => {
      change?.(call);
      if (call.operation === 'UpdateUserPool') pool.modified = Date.now() / 1000 + 60;
    };
    await harness.succeed(region, create(id));
    expect(seen(id)['EmailConfiguration']).not.toHaveProperty('ReplyToEmailAddress');
  });

  test('what Cognito adds of its own is logged', async () => {
    const { id, pool } = await poolWith(settings);
    changeOnUpdate(harness.aws, pool, {
      path: ['EmailConfiguration', 'ReplyToEmailAddress'],
      value: 'no-reply@example.com',
    });
    await harness.succeed(region, create(id));
    await logged(id, /Cognito has added ReplyToEmailAddress/);
  });
});

test('of the e-mail, what no SDK knows goes back as it is now, and fails by name where it is lost', async () => {
  const { id, pool } = await poolWith(futureSettings);
  changeOnUpdate(harness.aws, pool, { path: ['EmailConfiguration', 'DkimAlignment'], value: undefined });
  const message = await expectFailure(harness, region, create(id), 'GeneralServiceException');
  expect(message).toContain('did not keep EmailConfiguration.DkimAlignment');
  expect(attachments(harness, region, id)).toEqual([]);
  expect(seen(id)['EmailConfiguration']).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
});

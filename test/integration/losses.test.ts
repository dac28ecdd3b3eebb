import { defaults } from '../../emulator/cognito/state';
import type { Call, Fault, Json, JsonObject } from '../../emulator/types';
import { held, tagKey } from '../support/expect-setup';
import { declaring, type Harness, refused, startHarness, succeed } from '../support/harness';
import { changing, leavesOf, type Path, withValue } from '../support/losses';
import { alone, futureSettings, settings } from '../support/pool-settings';

const region = 'eu-west-1';
const developer = { EmailSendingAccount: 'DEVELOPER', Identity: 'example.org', From: 'a@example.org' };
const replying = { ...developer, ReplyToEmailAddress: 'help@example.org' };
const address = { EmailSendingAccount: 'COGNITO_DEFAULT', Identity: 'no-reply@example.com' };

let stage: Harness;
beforeAll(async () => {
  stage = await startHarness({ times: { EMAILSETUP_DEADLINE_MS: '2400', EMAILSETUP_PATIENCE_MS: '4800' } });
  for (const name of ['no-reply@example.com', 'example.org']) stage.world(region).ses.addIdentity(name);
});
afterEach(() => {
  stage.aws.afterCall = undefined;
  stage.aws.intercept = undefined;
});
afterAll(() => stage.close());

/** Adds a pool, set up as declared. */
async function poolWith(members: JsonObject, declared?: JsonObject) {
  const { cognito } = stage.world(region);
  const id = cognito.addPool(members);
  const pool = cognito.pools.get(id);
  if (!pool) throw new Error('the pool is there');
  if (declared) await succeed(stage, region, { action: 'CREATE', properties: declaring(id, declared) });
  return { id, pool };
}
const create = (id: string, declared: JsonObject = address) =>
  ({ action: 'CREATE', properties: declaring(id, declared) }) as const;
const update = (id: string, previous: JsonObject, declared: JsonObject) =>
  ({ action: 'UPDATE', properties: declaring(id, declared), previous: declaring(id, previous) }) as const;
const remove = (id: string, declared: JsonObject) =>
  ({ action: 'DELETE', properties: declaring(id, declared) }) as const;

/** A pool as it is, but for the time of its last change. */
function seen(id: string): JsonObject {
  const { LastModifiedDate: _t, ...pool } = stage.world(region).cognito.describe(id);
  return pool;
}

/** Is this said once in what the handler has printed about the pool? The line may come a moment after the answer. */
async function logged(id: string, text: RegExp): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const lines = stage.handler.printed.join('').split('\n');
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

/** Create fails by name where its update changes the setting, and what it wrote is undone. */
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
  changing(stage.aws, pool, path, value);
  const message = await refused(stage, region, create(id), 'GeneralServiceException');
  expect(message).toMatch(new RegExp(`did not keep ${path.join('\\.')}[ .,].*user pool ${id} in ${region}`));
  expect(message).not.toContain('could not all be undone');
  expect(rest()).toEqual(before);
  expect(held(stage, region, id)).toEqual([]);
}

// What repeats the template, and what says nothing.
const aside = /VerificationMessage$|VerificationSubject$|\.Nothing$|\.Empty$|EmailSendingAccount$/;
const isSetting = (path: Path) => !aside.test(path.join('.'));
const named = (paths: readonly Path[]) => paths.map((path) => [path.join('.'), path] as const);

describe('a setting that is lost, although it was sent', () => {
  test.each(named(leavesOf(settings).filter(isSetting)))('%s', (_name, path) =>
    failsByName(alone(path[0]), path, undefined),
  );

  test.each(named(leavesOf(futureSettings).filter(isSetting)))('%s, which no SDK knows', (_name, path) =>
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
    changing(stage.aws, pool, [member], defaults[member]);
    const message = await refused(stage, region, create(id), 'GeneralServiceException');
    expect(message).toMatch(new RegExp(`did not keep ${member}`));
    expect(held(stage, region, id)).toEqual([]);
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
      stage.aws.intercept = refusing(member, text);
      changing(stage.aws, pool, [member], value);
      const start = stage.aws.calls.length;
      await succeed(stage, region, create(id));
      expect(seen(id)[member]).toEqual(value);
      expect(stage.callsSince(start).filter((call) => call.startsWith('UpdateUserPool'))).toHaveLength(2);
    });

    test('is left out, and Cognito resets it: that fails by name', async () => {
      const { id, pool } = await poolWith({ [member]: value });
      stage.aws.intercept = refusing(member, text);
      changing(stage.aws, pool, [member], reset);
      const message = await refused(stage, region, create(id), 'GeneralServiceException');
      expect(message).toMatch(new RegExp(`did not keep ${member}`));
      expect(held(stage, region, id)).toEqual([]);
    });

    test('is left out once: a second refusal is the pool’s own trouble', async () => {
      const { id } = await poolWith({ [member]: value });
      stage.aws.intercept = ({ operation }) =>
        operation === 'UpdateUserPool'
          ? { kind: 'error', status: 400, name: 'InvalidParameterException', message: text }
          : undefined;
      const before = seen(id);
      const start = stage.aws.calls.length;
      await refused(stage, region, create(id), 'InvalidRequest');
      expect(stage.callsSince(start).filter((call) => call.startsWith('UpdateUserPool'))).toHaveLength(2);
      expect(seen(id)).toEqual(before);
    });
  },
);

const lambda: Path = ['LambdaConfig', 'PreSignUp'];

describe('an update that loses a setting', () => {
  test('fails by name, and the setup before is there again', async () => {
    const { id, pool } = await poolWith(settings, address);
    const before = pool.members;
    changing(stage.aws, pool, lambda, undefined);
    const message = await refused(stage, region, update(id, address, replying), 'GeneralServiceException');
    expect(message).toContain('did not keep LambdaConfig.PreSignUp');
    expect(pool.members).toEqual(withValue(before, lambda, undefined));
    expect(held(stage, region, id)).toEqual([`${region}/no-reply@example.com policy`]);
  });

  test('in a Delete takes everything of ours away all the same, and says it once', async () => {
    const { id, pool } = await poolWith(settings, address);
    changing(stage.aws, pool, lambda, undefined);
    const message = await refused(stage, region, remove(id, address), 'GeneralServiceException');
    expect(message).toContain('did not keep LambdaConfig.PreSignUp');
    expect(held(stage, region, id)).toEqual([]);
    expect(seen(id)).toMatchObject({ EmailConfiguration: defaults['EmailConfiguration'] });
    expect(pool.members['UserPoolTags']).not.toHaveProperty([tagKey]);
    await refused(stage, region, remove(id, address), 'NotFound');
  });

  test('in undoing is said beside the cause, and everything of ours is undone', async () => {
    const { id, pool } = await poolWith(settings);
    changing(stage.aws, pool, lambda, undefined);
    const first = stage.aws.afterCall;
    let count = 0;
    stage.aws.afterCall = (call) => {
      first?.(call);
      if (call.operation !== 'UpdateUserPool') return;
      count += 1;
      if (count === 2) pool.members = withValue(pool.members, ['UserPoolTags', 'team'], undefined);
    };
    const message = await refused(stage, region, create(id), 'GeneralServiceException');
    expect(message).toMatch(/did not keep LambdaConfig\.PreSignUp of .*did not keep UserPoolTags\.team of /);
    expect(message).not.toContain('could not all be undone');
    expect(held(stage, region, id)).toEqual([]);
    expect(pool.members['UserPoolTags']).toEqual({ 'cost:centre': '42' });
  });
});

describe('where the pool cannot be looked at before the next round', () => {
  /** After the nth update the pool cannot be described for longer than an invocation lasts. */
  function blind(nth: number): void {
    let count = 0;
    let until = 0;
    stage.aws.intercept = ({ operation }) => {
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
    changing(stage.aws, pool, lambda, undefined);
    blind(1);
    const answers = await stage.run(region, operation(id));
    expect(answers.length).toBeGreaterThan(1);
    const [last] = answers.slice(-1);
    expect(last).toMatchObject({ status: 'FAILED', errorCode: 'GeneralServiceException' });
    expect(last?.message).toContain('did not keep LambdaConfig.PreSignUp');
    expect(held(stage, region, id)).toEqual([]);
  });

  test('a loss in undoing is still noticed', async () => {
    const { id, pool } = await poolWith(settings);
    changing(stage.aws, pool, lambda, undefined, 2);
    blind(2);
    const after = stage.aws.afterCall;
    let changed = false;
    stage.aws.afterCall = (call) => {
      after?.(call);
      // The operation fails for this one.
      if (call.operation === 'UpdateUserPool' && !changed) {
        changed = true;
        pool.members = withValue(pool.members, ['UserPoolTags', 'team'], undefined);
      }
    };
    const answers = await stage.run(region, create(id));
    expect(answers.length).toBeGreaterThan(1);
    const [last] = answers.slice(-1);
    expect(last?.message).toMatch(/did not keep UserPoolTags\.team of .*did not keep LambdaConfig\.PreSignUp of /);
    expect(held(stage, region, id)).toEqual([]);
  });
});

describe('a setting that somebody else changes right after our update', () => {
  test('stays as they want it, and is logged', async () => {
    const { id, pool } = await poolWith(settings);
    changing(stage.aws, pool, lambda, undefined);
    const change = stage.aws.afterCall;
    stage.aws.afterCall = (call) => {
      change?.(call);
      if (call.operation === 'UpdateUserPool') pool.modified = Date.now() / 1000 + 4;
    };
    await succeed(stage, region, create(id));
    expect((seen(id)['LambdaConfig'] as JsonObject)['PreSignUp']).toBeUndefined();
    await logged(id, /Somebody else has changed LambdaConfig\.PreSignUp/);
  });

  test('within the two seconds in which it counts as ours it fails the operation, and still stays', async () => {
    const { id, pool } = await poolWith(settings);
    changing(stage.aws, pool, lambda, 'arn:aws:lambda:eu-west-1:111122223333:function:other');
    await refused(stage, region, create(id), 'GeneralServiceException');
    expect((seen(id)['LambdaConfig'] as JsonObject)['PreSignUp']).toMatch(/:other$/);
  });

  test('is logged where the answer to our update was lost: nobody can tell whose change it is', async () => {
    const { id, pool } = await poolWith(settings);
    changing(stage.aws, pool, lambda, undefined);
    let lost = false;
    stage.aws.intercept = ({ operation }) => {
      if (operation !== 'UpdateUserPool' || lost) return undefined;
      lost = true;
      return { kind: 'lost-answer' };
    };
    await succeed(stage, region, create(id));
    await logged(id, /LambdaConfig\.PreSignUp of .* changed while the answer to our update was lost/);
  });

  test('is logged where that update must be made again', async () => {
    const { id, pool } = await poolWith(settings);
    changing(stage.aws, pool, lambda, undefined);
    const change = stage.aws.afterCall;
    let lost = false;
    stage.aws.intercept = ({ operation }) =>
      operation === 'UpdateUserPool' && !lost ? { kind: 'lost-answer' } : undefined;
    stage.aws.afterCall = (call) => {
      change?.(call);
      if (call.operation !== 'UpdateUserPool' || lost) return;
      lost = true;
      pool.members = { ...pool.members, EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } };
    };
    await succeed(stage, region, create(id));
    await logged(id, /LambdaConfig\.PreSignUp of .* changed while the answer to our update was lost/);
  });

  test('and that only appears is no loss', async () => {
    const { id, pool } = await poolWith(settings);
    changing(stage.aws, pool, ['PasskeyVault'], { Mode: 'STRICT' });
    await succeed(stage, region, create(id));
    await logged(id, /New on .*: PasskeyVault/);
  });
});

/** A Cognito that merges the members of EmailConfiguration into those that are there. */
function merging(id: string): void {
  let before: JsonObject = {};
  stage.aws.intercept = ({ operation }) => {
    if (operation === 'UpdateUserPool') before = seen(id)['EmailConfiguration'] as JsonObject;
    return undefined;
  };
  stage.aws.afterCall = ({ operation }) => {
    const pool = stage.world(region).cognito.pools.get(id);
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
    const message = await refused(stage, region, update(id, from, to), 'GeneralServiceException');
    expect(message).toContain(`Cognito kept ${kept} of user pool ${id} in ${region}`);
    expect(seen(id)).toEqual(before);
    expect(held(stage, region, id)).toEqual([]);
  });

  test('a setting that is lost beside it is named, too', async () => {
    const { id, pool } = await poolWith(settings, replying);
    merging(id);
    const merge = stage.aws.afterCall;
    stage.aws.afterCall = (call) => {
      merge?.(call);
      if (call.operation === 'UpdateUserPool') pool.members = withValue(pool.members, lambda, undefined);
    };
    const message = await refused(stage, region, remove(id, replying), 'GeneralServiceException');
    expect(message).toMatch(/Cognito kept SourceArn, From, ReplyToEmailAddress .*did not keep LambdaConfig\.PreSignUp/);
  });

  test('a Delete names what stays', async () => {
    const { id } = await poolWith(settings, replying);
    merging(id);
    const message = await refused(stage, region, remove(id, replying), 'GeneralServiceException');
    expect(message).toContain('Cognito kept SourceArn, From, ReplyToEmailAddress');
  });

  test('an undoing that cannot take it off says so, and names the pool', async () => {
    const { id, pool } = await poolWith(settings);
    merging(id);
    const merge = stage.aws.afterCall;
    stage.aws.afterCall = (call) => {
      merge?.(call);
      if (call.operation === 'UpdateUserPool') pool.members = withValue(pool.members, lambda, undefined);
    };
    const answer = await stage.last(region, create(id, replying));
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'GeneralServiceException' });
    expect(answer.message).toMatch(
      /did not keep LambdaConfig\.PreSignUp.*could not all be undone \(Cognito kept SourceArn, From, ReplyToEmailAddress/,
    );
    expect(answer.resourceModel).toMatchObject({ UserPoolId: id });
  });

  test('what somebody else has set meanwhile is a conflict, and not called kept', async () => {
    const { id, pool } = await poolWith(settings, replying);
    stage.aws.afterCall = ({ operation }) => {
      if (operation !== 'UpdateUserPool') return;
      pool.members = withValue(pool.members, ['EmailConfiguration', 'ReplyToEmailAddress'], 'help@example.org');
      pool.modified = Date.now() / 1000 + 60;
    };
    const message = await refused(stage, region, update(id, replying, developer), 'ResourceConflict');
    expect(message).toContain('was changed by somebody else');
  });

  test('what somebody else adds once is seen, and the e-mail is as declared in the end', async () => {
    const { id, pool } = await poolWith(settings);
    changing(stage.aws, pool, ['EmailConfiguration', 'ReplyToEmailAddress'], 'other@example.com');
    const change = stage.aws.afterCall;
    stage.aws.afterCall = (call) => {
      change?.(call);
      if (call.operation === 'UpdateUserPool') pool.modified = Date.now() / 1000 + 60;
    };
    await succeed(stage, region, create(id));
    expect(seen(id)['EmailConfiguration']).not.toHaveProperty('ReplyToEmailAddress');
  });

  test('what Cognito adds of its own is logged', async () => {
    const { id, pool } = await poolWith(settings);
    changing(stage.aws, pool, ['EmailConfiguration', 'ReplyToEmailAddress'], 'no-reply@example.com');
    await succeed(stage, region, create(id));
    await logged(id, /Cognito has added ReplyToEmailAddress/);
  });
});

test('of the e-mail, what no SDK knows goes back as it is now, and fails by name where it is lost', async () => {
  const { id, pool } = await poolWith(futureSettings);
  changing(stage.aws, pool, ['EmailConfiguration', 'DkimAlignment'], undefined);
  const message = await refused(stage, region, create(id), 'GeneralServiceException');
  expect(message).toContain('did not keep EmailConfiguration.DkimAlignment');
  expect(held(stage, region, id)).toEqual([]);
  expect(seen(id)['EmailConfiguration']).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
});

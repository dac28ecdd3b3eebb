import { randomUUID } from 'node:crypto';
import { runHandler } from '../../emulator/cloudformation/run-handler';
import { createInStack } from '../../emulator/cloudformation/stack-resources';
import type { JsonObject } from '../../emulator/types';
import { attachments, expectNothing, expectSetup } from '../support/expect-setup';
import { expectFailure, setupProperties, startTestHarness, type TestHarness } from '../support/harness';
import { addIdentities, kindsFor, type RegionRow, regionTable, type SetupKind } from '../support/setup-kinds';

const region = 'me-central-1';
const row = regionTable.find((one) => one.region === region) as RegionRow;
const [developer, , standard, , plain] = kindsFor(row) as [SetupKind, SetupKind, SetupKind, SetupKind, SetupKind];
const tagKey = 'Org::Cognito::EmailSetup';
const byHand = {
  EmailSendingAccount: 'DEVELOPER',
  SourceArn: 'arn:aws:ses:eu-central-1:111122223333:identity/example.org',
  From: 'by-hand@example.org',
};

let harness: TestHarness;
beforeAll(async () => {
  harness = await startTestHarness();
  addIdentities(harness.regionState, row);
});
afterAll(() => harness.close());
// SES takes twenty policies an identity: each test starts with none.
beforeEach(() => {
  for (const ses of row.sesRegions) {
    for (const identity of harness.regionState(ses).ses.identities.values()) identity.policies.clear();
  }
});

const pools = () => harness.regionState(region).cognito;
const tagOf = (poolId: string) => (pools().describe(poolId)['UserPoolTags'] as JsonObject)[tagKey];
const writesSince = (start: number) => harness.callsSince(start).filter((call) => !/^(Get|Describe|List)/.test(call));

/** A pool with a setup of this kind, made by a Create. */
async function established(
  kind: SetupKind,
  members: JsonObject = {},
): Promise<{ poolId: string; properties: JsonObject }> {
  const poolId = pools().addPool(members);
  const properties = setupProperties(poolId, kind.properties);
  await harness.succeed(region, { action: 'CREATE', properties });
  return { poolId, properties };
}

describe('Create', () => {
  test('repeated with its own token goes on and writes nothing twice', async () => {
    const poolId = pools().addPool();
    const create = {
      action: 'CREATE',
      properties: setupProperties(poolId, standard.properties),
      token: randomUUID(),
    } as const;
    const first = await harness.succeed(region, create);
    const start = harness.aws.calls.length;
    const second = await harness.succeed(region, create);
    expect(second).toEqual(first);
    expect(writesSince(start)).toEqual([]);
  });

  test('with its own token that cannot go on names the pool, so that its Delete cleans up', async () => {
    const poolId = pools().addPool();
    const properties = setupProperties(poolId, standard.properties);
    const create = { action: 'CREATE', properties, token: randomUUID() } as const;
    await harness.succeed(region, create);
    const [ses] = standard.regions.map((one) => harness.regionState(one).ses.identities);
    const identity = ses?.get('no-reply@example.com');
    if (!ses || !identity) throw new Error('the identity is there');
    ses.delete('no-reply@example.com');
    const again = await harness.last(region, create);
    ses.set('no-reply@example.com', identity);
    expect(again).toMatchObject({
      status: 'FAILED',
      errorCode: 'InvalidRequest',
      resourceModel: { UserPoolId: poolId },
    });
    await harness.succeed(region, { action: 'DELETE', properties });
    expect(attachments(harness, region, poolId)).toEqual([]);
  });

  test('with its own token finishes what a dead Create has left', async () => {
    const poolId = pools().addPool();
    const create = {
      action: 'CREATE',
      properties: setupProperties(poolId, standard.properties),
      token: randomUUID(),
    } as const;
    await harness.succeed(region, create);
    for (const ses of standard.regions)
      harness.regionState(ses).ses.identities.get('no-reply@example.com')?.policies.clear();
    await harness.succeed(region, create);
    expectSetup(harness, region, poolId, standard);
  });

  test.each([
    ['another', standard],
    ['an equal', developer],
  ])('over %s setup of another stack is AlreadyExists, names no pool and changes nothing', async (_name, kind) => {
    const { poolId } = await established(developer);
    const before = pools().describe(poolId);
    const start = harness.aws.calls.length;
    const answered = await createInStack(harness.caller(region), setupProperties(poolId, kind.properties));
    expect(answered.create).toMatchObject({ status: 'FAILED', errorCode: 'AlreadyExists' });
    expect(answered.create.message).toMatch(/import it.*TakeOver: true/);
    expect(answered.create.resourceModel).toBeUndefined();
    expect(answered.rollback).toBeUndefined();
    expect(writesSince(start)).toEqual([]);
    expect(pools().describe(poolId)).toEqual(before);
  });

  test('over a configuration made by hand is AlreadyExists, and a Delete that follows changes nothing', async () => {
    const poolId = pools().addPool({ EmailConfiguration: byHand });
    const before = pools().describe(poolId);
    const properties = setupProperties(poolId, standard.properties);
    await expectFailure(harness, region, { action: 'CREATE', properties }, 'AlreadyExists');
    await expectFailure(harness, region, { action: 'DELETE', properties }, 'NotFound');
    expect(pools().describe(poolId)).toEqual(before);
    expect(attachments(harness, region, poolId)).toEqual([]);
  });

  test.each([developer, standard, plain])('takes over with TakeOver: $name', async (kind) => {
    const others = await established(kind === standard ? developer : standard);
    const takeOver = (poolId: string) => ({ ...setupProperties(poolId, kind.properties), TakeOver: true });
    await harness.succeed(region, { action: 'CREATE', properties: takeOver(others.poolId) });
    expectSetup(harness, region, others.poolId, kind);
    const poolId = pools().addPool({ EmailConfiguration: byHand });
    await harness.succeed(region, { action: 'CREATE', properties: takeOver(poolId) });
    expectSetup(harness, region, poolId, kind);
  });

  test('that fails while it takes over leaves what was there', async () => {
    const { poolId, properties } = await established(developer);
    const before = pools().describe(poolId);
    const heldBefore = attachments(harness, region, poolId);
    harness.aws.behaviours.wildcardSourceArn = 'refuse';
    const create = { ...setupProperties(poolId, standard.properties), TakeOver: true };
    await expectFailure(harness, region, { action: 'CREATE', properties: create }, 'InvalidRequest');
    harness.aws.behaviours.wildcardSourceArn = 'accept';
    expect(pools().describe(poolId)).toEqual(before);
    expect(attachments(harness, region, poolId)).toEqual(heldBefore);
    await harness.succeed(region, { action: 'DELETE', properties });
  });
});

describe('import', () => {
  test('a setup made by hand is read, is ours from its first Update on, and until then Delete leaves it', async () => {
    const poolId = pools().addPool({ EmailConfiguration: byHand });
    const before = pools().describe(poolId);
    const read = await harness.succeed(region, { action: 'READ', properties: { UserPoolId: poolId } });
    expect(read.resourceModel).toEqual({
      UserPoolId: poolId,
      EmailSendingAccount: 'DEVELOPER',
      Identity: 'example.org',
      SesRegion: 'eu-central-1',
      From: 'by-hand@example.org',
      SourceArn: byHand.SourceArn,
      SesRegions: ['eu-central-1'],
    });
    const properties = read.resourceModel as JsonObject;
    await expectFailure(harness, region, { action: 'DELETE', properties }, 'NotFound');
    expect(pools().describe(poolId)).toEqual(before);

    const token = randomUUID();
    await harness.succeed(region, { action: 'UPDATE', properties, previous: properties, token });
    expect(tagOf(poolId)).toMatch(/^v2 /);
    expect(attachments(harness, region, poolId)).toEqual(['eu-central-1/example.org policy']);
    await harness.succeed(region, { action: 'DELETE', properties });
    const { EmailConfiguration, UserPoolTags } = pools().describe(poolId);
    expect([EmailConfiguration, UserPoolTags]).toEqual([{ EmailSendingAccount: 'COGNITO_DEFAULT' }, {}]);
    expect(attachments(harness, region, poolId)).toEqual([]);
  });

  test('an Update keeps token and owner in the tag, and names the sender that it sets', async () => {
    const { poolId, properties } = await established(developer);
    const [, token, owner, sender] = String(tagOf(poolId)).split(' ');
    const next = setupProperties(poolId, standard.properties);
    await harness.succeed(region, { action: 'UPDATE', properties: next, previous: properties });
    expect(String(tagOf(poolId)).split(' ')).toEqual(['v2', token, owner, expect.not.stringMatching(sender ?? '')]);
    await harness.succeed(region, { action: 'UPDATE', properties, previous: next });
    expect(String(tagOf(poolId)).split(' ')).toEqual(['v2', token, owner, sender]);
  });
});

type Wipe = (poolId: string) => void;
const change = (poolId: string, members: JsonObject) => {
  const pool = pools().pools.get(poolId);
  if (pool) pool.members = { ...pool.members, ...members };
};
const wipes: Record<string, Wipe> = {
  tag: (poolId) => change(poolId, { UserPoolTags: {} }),
  configuration: (poolId) => change(poolId, { EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } }),
  both: (poolId) => {
    wipes['tag']?.(poolId);
    wipes['configuration']?.(poolId);
  },
};
const wiped = Object.keys(wipes).flatMap((what) =>
  [developer, standard].map((kind) => [what, kind.name, kind] as const),
);
// Outside alternate Regions DEVELOPER has no policy: nothing but the pool's tag tells.
const home = regionTable.find((one) => one.region === 'eu-west-3') as RegionRow;

describe.each(wiped)('a pool whose own stack has wiped the %s (%s)', (what, _name, kind) => {
  test('is read as it is', async () => {
    const { poolId, properties } = await established(kind);
    wipes[what]?.(poolId);
    const read = { action: 'READ', properties: { UserPoolId: poolId } } as const;
    if (what === 'both') await expectFailure(harness, region, read, 'NotFound');
    else {
      const { resourceModel } = await harness.succeed(region, read);
      if (what === 'tag') expect(resourceModel).toMatchObject(properties);
      else
        expect(resourceModel).toEqual({
          UserPoolId: poolId,
          EmailSendingAccount: 'COGNITO_DEFAULT',
          SourceArn: '',
          SesRegions: [],
        });
    }
  });

  test('is put right by an Update', async () => {
    const { poolId, properties } = await established(kind);
    wipes[what]?.(poolId);
    await harness.succeed(region, { action: 'UPDATE', properties, previous: properties });
    expectSetup(harness, region, poolId, kind);
  });

  test('is left clean by a Delete', async () => {
    const { poolId, properties } = await established(kind);
    wipes[what]?.(poolId);
    await harness.succeed(region, { action: 'DELETE', properties });
    expect(attachments(harness, region, poolId)).toEqual([]);
    expect(tagOf(poolId)).toBeUndefined();
    expect(pools().describe(poolId)['EmailConfiguration']).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
  });

  test('is set up anew by a Create only where both are gone', async () => {
    const { poolId, properties } = await established(kind);
    wipes[what]?.(poolId);
    if (what !== 'both')
      return void (await expectFailure(harness, region, { action: 'CREATE', properties }, 'AlreadyExists'));
    await harness.succeed(region, { action: 'CREATE', properties });
    expectSetup(harness, region, poolId, kind);
  });
});

test('a wiped DEVELOPER setup without a policy leaves no trace: NotFound, with the way out', async () => {
  addIdentities(harness.regionState, home);
  const { cognito } = harness.regionState(home.region);
  const [kind] = kindsFor(home) as [SetupKind];
  const poolId = cognito.addPool();
  const properties = setupProperties(poolId, kind.properties);
  await harness.succeed(home.region, { action: 'CREATE', properties });
  const pool = cognito.pools.get(poolId);
  Object.assign(pool?.members ?? {}, {
    UserPoolTags: {},
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
  });
  const update = { action: 'UPDATE', properties, previous: properties } as const;
  expect(await expectFailure(harness, home.region, update, 'NotFound')).toMatch(/skip the resource.*add it again/);
  await expectFailure(harness, home.region, { action: 'DELETE', properties }, 'NotFound');
});

test('a wiped setup of Cognito’s own address is not there any more', async () => {
  const { poolId, properties } = await established(plain);
  wipes['both']?.(poolId);
  const update = { action: 'UPDATE', properties, previous: properties } as const;
  expect(await expectFailure(harness, region, update, 'NotFound')).toMatch(
    /skip the resource in the rollback.*add it again/,
  );
  await expectFailure(harness, region, { action: 'DELETE', properties }, 'NotFound');
});

test('a Delete of nothing is NotFound also where its first invocation was throttled', async () => {
  const poolId = pools().addPool();
  let rounds = 0;
  const onProgressEvent = () => {
    rounds += 1;
  };
  harness.aws.intercept = () =>
    rounds === 0
      ? { kind: 'error', status: 429, name: 'TooManyRequestsException', message: 'Rate exceeded' }
      : undefined;
  const properties = setupProperties(poolId, developer.properties);
  const answers = await runHandler({ ...harness.caller(region), onProgressEvent }, { action: 'DELETE', properties });
  harness.aws.intercept = undefined;
  expect(answers.map(({ status, errorCode }) => errorCode ?? status)).toEqual(['IN_PROGRESS', 'NotFound']);
});

describe('a pool that is gone', () => {
  test.each([developer, standard])(
    'Delete takes the policies away and is NotFound, as is every other operation: $name',
    async (kind) => {
      const { poolId, properties } = await established(kind);
      pools().pools.delete(poolId);
      expect(attachments(harness, region, poolId)).not.toEqual([]);
      await expectFailure(harness, region, { action: 'READ', properties: { UserPoolId: poolId } }, 'NotFound');
      await expectFailure(harness, region, { action: 'UPDATE', properties, previous: properties }, 'NotFound');
      await expectFailure(harness, region, { action: 'DELETE', properties }, 'NotFound');
      expect(attachments(harness, region, poolId)).toEqual([]);
    },
  );
});

describe('Cloud Control', () => {
  const patched = async (kind: SetupKind, patch: (model: JsonObject) => JsonObject) => {
    const { poolId } = await established(kind);
    const { resourceModel } = await harness.succeed(region, { action: 'READ', properties: { UserPoolId: poolId } });
    const previous = resourceModel as JsonObject;
    await harness.succeed(region, { action: 'UPDATE', properties: patch(previous), previous });
    return poolId;
  };

  test('an update made of Read’s answer and a patch changes what is patched', async () => {
    const poolId = await patched(developer, (model) => ({ ...model, ReplyToEmailAddress: 'help@example.com' }));
    expect(pools().describe(poolId)['EmailConfiguration']).toMatchObject({ ReplyToEmailAddress: 'help@example.com' });
  });

  test('an identity patched away leaves SesRegion without effect', async () => {
    const poolId = await patched(standard, ({ Identity: _gone, ...model }) => model);
    expect(pools().describe(poolId)['EmailConfiguration']).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
    expect(attachments(harness, region, poolId)).toEqual([]);
  });

  test('another sender that is patched in gets its policy', async () => {
    const poolId = await patched(developer, (model) => ({ ...model, EmailSendingAccount: 'COGNITO_DEFAULT' }));
    expectSetup(harness, region, poolId, standard);
  });
});

test('policies, tags and setups of others on the same identity stay', async () => {
  const identity = harness.regionState('eu-central-1').ses.identities.get('no-reply@example.com');
  identity?.policies.set('not-ours', '{"Version":"2012-10-17"}');
  identity?.tags.set('team', 'mail');
  const first = await established(developer);
  const second = await established(standard);
  await harness.succeed(region, { action: 'DELETE', properties: first.properties });
  expectSetup(harness, region, second.poolId, standard);
  expect(identity?.policies.get('not-ours')).toBe('{"Version":"2012-10-17"}');
  expect(identity?.tags.get('team')).toBe('mail');
});

test('Delete of a setup leaves the pool as it was before', async () => {
  const poolId = pools().addPool({ UserPoolTags: { a: 'b' }, MfaConfiguration: 'OPTIONAL' });
  const before = pools().describe(poolId);
  const properties = setupProperties(poolId, standard.properties);
  await harness.succeed(region, { action: 'CREATE', properties });
  await harness.succeed(region, { action: 'DELETE', properties });
  expectNothing(harness, region, poolId, before);
  await expectFailure(harness, region, { action: 'DELETE', properties }, 'NotFound');
});

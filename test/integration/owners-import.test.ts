import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { createPoolFixture, setupKindsIn } from '../support/owners';
import { manualConfiguration } from '../support/scenarios';
import type { SetupKind } from '../support/setup-kinds';

/*
 * A stack refactoring or an import gives a setup to another stack without a call of any handler. The next Update makes
 * it that stack's; a Delete before it comes from another stack.
 */

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness(12_000);
});
afterAll(() => harness.close());

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const [developer, , standard, , plain] = setupKindsIn(home);
const [, , altStandard] = setupKindsIn(alternate);

/** A setup of the first owner's, which another stack has from now on: CloudFormation asks no handler. */
async function refactored(region: string, kind: SetupKind) {
  const fixture = createPoolFixture(harness, region);
  const before = fixture.rest();
  const properties = fixture.setupProperties(kind);
  await fixture.succeed({ action: 'CREATE', owner: fixture.owners.first, properties });
  return {
    fixture,
    before,
    properties,
    setupTag: fixture.setupTag(),
    live: fixture.rest(),
    owner: fixture.owners.elsewhere,
  };
}

const kinds = [
  [home, developer],
  [home, standard],
  [home, plain],
  [alternate, altStandard],
] as const;
const named = kinds.map(([region, kind]) => [region, kind.name, kind] as const);

describe.each(named)(
  'after a stack refactoring, or an import of a retained setup, in %s, %s',
  (region, _name, kind) => {
    test('a Delete without an Update before it is NotFound, and touches nothing', async () => {
      const { fixture, properties, setupTag, live, owner } = await refactored(region, kind);
      fixture.writes();
      await fixture.notFound({ action: 'DELETE', owner, properties });
      expect(fixture.writes()).toEqual([]);
      expect(fixture.rest()).toEqual(live);
      expect(fixture.setupTag()).toEqual(setupTag);
      expect(fixture.sends()).toBe(true);
    });

    test('Read, an Update of Revision, and a Delete: it is gone', async () => {
      const { fixture, before, properties, setupTag, live, owner } = await refactored(region, kind);
      const read = await fixture.succeed({ action: 'READ', owner, properties: { UserPoolId: fixture.poolId } });
      expect(read.resourceModel).toMatchObject(properties);
      await fixture.succeed({
        action: 'UPDATE',
        owner,
        properties: { ...properties, Revision: '2' },
        previous: properties,
      });
      expect(fixture.rest()).toEqual(live);
      expect(fixture.setupTag()).toMatchObject({ token: setupTag?.token, sender: setupTag?.sender, before: undefined });
      expect(fixture.setupTag()?.owner).not.toBe(setupTag?.owner);
      await fixture.notFound({ action: 'DELETE', owner: fixture.owners.first, properties });
      expect(fixture.rest()).toEqual(live);
      await fixture.succeed({ action: 'DELETE', owner, properties });
      expect(fixture.rest()).toEqual(before);
      expect(fixture.setupTag()).toBeUndefined();
    });
  },
);

describe('an import of what was made by hand', () => {
  const importing = () => {
    const fixture = createPoolFixture(harness, alternate);
    fixture.change({ EmailConfiguration: manualConfiguration(fixture.testAccount.account) });
    return { fixture, byHand: fixture.rest(), owner: fixture.owners.first, named: { UserPoolId: fixture.poolId } };
  };

  test('Read, and a Delete right after it: NotFound, and nothing is touched', async () => {
    const { fixture, byHand, owner, named } = importing();
    const { resourceModel = {} } = await fixture.succeed({ action: 'READ', owner, properties: named });
    fixture.writes();
    await fixture.notFound({ action: 'DELETE', owner, properties: resourceModel });
    expect(fixture.writes()).toEqual([]);
    expect(fixture.rest()).toEqual(byHand);
    expect(fixture.setupTag()).toBeUndefined();
  });

  test('Read, an Update, and a Delete: the first Update wrote the owner', async () => {
    const { fixture, byHand, owner, named } = importing();
    const { resourceModel: model = {} } = await fixture.succeed({ action: 'READ', owner, properties: named });
    const { SourceArn: _a, SesRegions: _r, ...properties } = model;
    const update = { owner, properties: { ...properties, Revision: '1' }, previous: properties } as const;
    const answer = await fixture.last({ action: 'UPDATE', ...update });
    expect(answer).toMatchObject({ status: 'SUCCESS' });
    expect(fixture.email()).toEqual(manualConfiguration(fixture.testAccount.account));
    expect(fixture.setupTag()).toMatchObject({ owner: expect.stringMatching(/^[0-9a-f]{16}$/), before: undefined });
    expect(fixture.rest()).not.toEqual(byHand);
    await fixture.notFound({ action: 'DELETE', owner: fixture.owners.elsewhere, properties });
    await fixture.succeed({ action: 'DELETE', owner, properties });
    expect(fixture.email()).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
    expect(fixture.setupTag()).toBeUndefined();
  });
});

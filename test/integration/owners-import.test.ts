import type { Kind } from '../support/kinds';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { kindsAt, sceneIn } from '../support/owners';
import { handMadeIn } from '../support/scenarios';

/*
 * A stack refactoring or an import gives a setup to another stack without a call of any handler. The next Update makes
 * it that stack's; a Delete before it is a stranger's.
 */

let arena: MultiAccountHarness;
beforeAll(async () => {
  arena = await startMultiAccountHarness(12_000);
});
afterAll(() => arena.close());

const [alternate, home] = ['me-central-1', 'eu-west-2'];
const [developer, , standard, , plain] = kindsAt(home);
const [, , altStandard] = kindsAt(alternate);

/** A setup of the first owner's, which another stack has from now on: CloudFormation asks no handler. */
async function refactored(region: string, kind: Kind) {
  const scene = sceneIn(arena, region);
  const before = scene.rest();
  const properties = scene.declaring(kind);
  await scene.succeed({ action: 'CREATE', owner: scene.owners.first, properties });
  return { scene, before, properties, mark: scene.mark(), live: scene.rest(), owner: scene.owners.elsewhere };
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
      const { scene, properties, mark, live, owner } = await refactored(region, kind);
      scene.writes();
      await scene.notFound({ action: 'DELETE', owner, properties });
      expect(scene.writes()).toEqual([]);
      expect(scene.rest()).toEqual(live);
      expect(scene.mark()).toEqual(mark);
      expect(scene.sends()).toBe(true);
    });

    test('Read, an Update of Revision, and a Delete: it is gone', async () => {
      const { scene, before, properties, mark, live, owner } = await refactored(region, kind);
      const read = await scene.succeed({ action: 'READ', owner, properties: { UserPoolId: scene.poolId } });
      expect(read.resourceModel).toMatchObject(properties);
      await scene.succeed({
        action: 'UPDATE',
        owner,
        properties: { ...properties, Revision: '2' },
        previous: properties,
      });
      expect(scene.rest()).toEqual(live);
      expect(scene.mark()).toMatchObject({ token: mark?.token, sender: mark?.sender, before: undefined });
      expect(scene.mark()?.owner).not.toBe(mark?.owner);
      await scene.notFound({ action: 'DELETE', owner: scene.owners.first, properties });
      expect(scene.rest()).toEqual(live);
      await scene.succeed({ action: 'DELETE', owner, properties });
      expect(scene.rest()).toEqual(before);
      expect(scene.mark()).toBeUndefined();
    });
  },
);

describe('an import of what was made by hand', () => {
  const importing = () => {
    const scene = sceneIn(arena, alternate);
    scene.change({ EmailConfiguration: handMadeIn(scene.tenant.account) });
    return { scene, byHand: scene.rest(), owner: scene.owners.first, named: { UserPoolId: scene.poolId } };
  };

  test('Read, and a Delete right after it: NotFound, and nothing is touched', async () => {
    const { scene, byHand, owner, named } = importing();
    const { resourceModel = {} } = await scene.succeed({ action: 'READ', owner, properties: named });
    scene.writes();
    await scene.notFound({ action: 'DELETE', owner, properties: resourceModel });
    expect(scene.writes()).toEqual([]);
    expect(scene.rest()).toEqual(byHand);
    expect(scene.mark()).toBeUndefined();
  });

  test('Read, an Update, and a Delete: the first Update wrote the owner', async () => {
    const { scene, byHand, owner, named } = importing();
    const { resourceModel: model = {} } = await scene.succeed({ action: 'READ', owner, properties: named });
    const { SourceArn: _a, SesRegions: _r, ...properties } = model;
    const update = { owner, properties: { ...properties, Revision: '1' }, previous: properties } as const;
    const answer = await scene.last({ action: 'UPDATE', ...update });
    expect(answer).toMatchObject({ status: 'SUCCESS' });
    expect(scene.email()).toEqual(handMadeIn(scene.tenant.account));
    expect(scene.mark()).toMatchObject({ owner: expect.stringMatching(/^[0-9a-f]{16}$/), before: undefined });
    expect(scene.rest()).not.toEqual(byHand);
    await scene.notFound({ action: 'DELETE', owner: scene.owners.elsewhere, properties });
    await scene.succeed({ action: 'DELETE', owner, properties });
    expect(scene.email()).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT' });
    expect(scene.mark()).toBeUndefined();
  });
});

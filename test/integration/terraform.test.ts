import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@cdktn/hcl2json';
import Ajv from 'ajv';
import { applyPatch, createPatch } from 'rfc6902';
import type { JsonObject } from '../../emulator/types';
import schema from '../../schema.json';
import { expectNothing, expectSetup } from '../support/expect-setup';
import { expectFailure, startTestHarness, type TestHarness } from '../support/harness';

const file = readFileSync(join(__dirname, '..', '..', 'examples', 'terraform', 'main.tf'), 'utf8');
const region = 'eu-west-1';
const poolId = 'eu-west-1_Customers';

let harness: TestHarness;
beforeEach(async () => {
  harness = await startTestHarness();
});
afterEach(() => harness.close());

/** What the file hands to `jsonencode`, with the pool's id where it refers to the pool. */
async function desiredState(): Promise<JsonObject> {
  const { resource } = await parse('main.tf', file);
  const [{ type_name, desired_state }] = resource.aws_cloudcontrolapi_resource.email_setup;
  expect(type_name).toBe(schema.typeName);
  const [, argument] = /^\$\{jsonencode\((.*)\)\}$/s.exec(desired_state) ?? [];
  const { state } = await parse('state.tf', `state = ${argument}`);
  return { ...state, UserPoolId: state.UserPoolId.replace(/^\$\{aws_cognito_user_pool\.customers\.id\}$/, poolId) };
}

/** An update as Cloud Control makes it: the patch of two desired states, applied to the model of a Read. */
async function patched(from: JsonObject, to: JsonObject): Promise<{ properties: JsonObject; previous: JsonObject }> {
  const read = await harness.succeed(region, { action: 'READ', properties: { UserPoolId: poolId } });
  const previous = read.resourceModel ?? {};
  const properties = structuredClone(previous);
  const [problem] = applyPatch(properties, createPatch(from, to)).filter((one) => one !== null);
  if (problem) throw problem;
  return { properties, previous };
}

async function created(): Promise<JsonObject> {
  const desired = await desiredState();
  harness.regionState(region).cognito.addPool({}, { id: poolId });
  harness.regionState(region).ses.addIdentity('example.com');
  await harness.succeed(region, { action: 'CREATE', properties: desired });
  return desired;
}
const expectDeclared = (properties: JsonObject) =>
  expectSetup(harness, region, poolId, {
    name: 'of the example',
    properties,
    principal: undefined,
    identity: 'example.com',
    regions: [region],
    arnRegion: region,
  });

test('its desired state obeys the schema, and leaves every write-only property out', async () => {
  const desired = await desiredState();
  const { properties, required, additionalProperties } = schema;
  const obeys = new Ajv({ strict: false }).compile({ type: 'object', properties, required, additionalProperties });
  expect([obeys(desired), obeys.errors]).toEqual([true, null]);
  for (const pointer of [...schema.writeOnlyProperties, ...schema.readOnlyProperties]) {
    expect(desired).not.toHaveProperty(pointer.replace('/properties/', ''));
  }
  expect(obeys({ ...desired, Sender: 'example.com' })).toBe(false);
});

test('an update is Read, patch and Update', async () => {
  const desired = await created();
  expectDeclared(desired);
  const { ReplyToEmailAddress: _gone, ...rest } = desired;
  const changed = { ...rest, From: 'Other <other@example.com>' };
  await harness.succeed(region, { action: 'UPDATE', ...(await patched(desired, changed)) });
  expectDeclared(changed);
});

test('a write-only property can be added, and neither changed nor taken away', async () => {
  const desired = await created();
  const [one, two] = [
    { ...desired, Revision: '1' },
    { ...desired, Revision: '2' },
  ];
  const added = await patched(desired, one);
  expect(added.properties).toMatchObject({ Revision: '1' });
  await harness.succeed(region, { action: 'UPDATE', ...added });
  await expect(patched(one, two)).rejects.toThrow('/Revision');
  await expect(patched(one, desired)).rejects.toThrow('/Revision');
});

test('-replace, a Delete and a Create, puts right what was lost', async () => {
  const desired = await created();
  const pool = harness.regionState(region).cognito.pools.get(poolId);
  const before = harness.regionState(region).cognito.describe(poolId);
  if (pool)
    pool.members = {
      ...pool.members,
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
      UserPoolTags: {},
    };
  // Nothing is left to delete, which Cloud Control's clients take for deleted.
  await expectFailure(harness, region, { action: 'DELETE', properties: desired }, 'NotFound');
  expectNothing(harness, region, poolId, {
    ...before,
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
    UserPoolTags: {},
  });
  await expectFailure(harness, region, { action: 'READ', properties: { UserPoolId: poolId } }, 'NotFound');
  await harness.succeed(region, { action: 'CREATE', properties: desired });
  expectDeclared(desired);
});

import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../emulator/types';
import { installedConstruct, onlyOne, run, setupIn, type Template } from '../support/construct';
import { expectNothing, expectSetup } from '../support/expect-setup';
import { startTestHarness, type TestHarness } from '../support/harness';

const example = join(__dirname, '..', '..', 'examples', 'cdk');

let folder: string;
let harness: TestHarness;
beforeAll(async () => {
  folder = installedConstruct();
  for (const file of ['app.ts', 'cdk.json']) cpSync(join(example, file), join(folder, file));
  harness = await startTestHarness();
}, 120_000);
afterAll(() => harness.close());

/** Runs the example as the CDK's command line does: the command of cdk.json, told where to go by the environment. */
function synthesised(region: string): Template {
  const { app } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));
  run(folder, 'sh', ['-c', app], {
    CDK_OUTDIR: `out-${region}`,
    CDK_DEFAULT_ACCOUNT: '111122223333',
    CDK_DEFAULT_REGION: region,
  });
  return JSON.parse(readFileSync(join(folder, `out-${region}`, 'Customers.template.json'), 'utf8'));
}

test('the example compiles under strict', () => {
  run(folder, 'npx', [
    'tsc',
    '--strict',
    '--noEmit',
    '--skipLibCheck',
    '--types',
    'node',
    '--module',
    'node20',
    'app.ts',
  ]);
}, 120_000);

test.each([
  ['eu-west-1', 'eu-west-1', undefined],
  ['me-central-1', 'eu-central-1', 'cognito-idp.me-central-1.amazonaws.com'],
])(
  'the example for %s, synthesised, runs through the built handler',
  async (region, sesRegion, principal) => {
    const template = synthesised(region);
    const [poolName, pool] = onlyOne(template, 'AWS::Cognito::UserPool');
    const { Properties } = setupIn(template) as { Properties: JsonObject };
    expect(Properties['UserPoolId']).toEqual({ Ref: poolName });

    // CloudFormation makes the pool first, for the setup refers to it.
    const settings = { Name: 'customers', ...(pool['Properties'] as JsonObject) };
    const UserPoolId = harness.regionState(region).cognito.addPool(settings);
    const before = harness.regionState(region).cognito.describe(UserPoolId);
    harness.regionState(sesRegion).ses.addIdentity('example.com');
    const properties = { ...Properties, UserPoolId };
    await harness.succeed(region, { action: 'CREATE', properties });
    expectSetup(harness, region, UserPoolId, {
      name: 'example',
      properties,
      identity: 'example.com',
      regions: [sesRegion],
      arnRegion: sesRegion,
      principal,
    });
    expect(harness.regionState(region).canSend(UserPoolId)).toEqual({ sends: true, from: 'no-reply@example.com' });
    await harness.succeed(region, { action: 'DELETE', properties });
    expectNothing(harness, region, UserPoolId, before);
  },
  120_000,
);

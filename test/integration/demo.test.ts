import { join } from 'node:path';
import { demo } from '../../local-stack/demo';
import { createFixture } from '../../local-stack/fixture';
import type { Report } from '../../local-stack/report';
import { startTestHarness, type TestHarness } from '../support/harness';

const template = join(__dirname, '..', '..', 'examples', 'email-setup.yaml');
let harness: TestHarness;
beforeEach(async () => {
  harness = await startTestHarness();
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await harness.close();
});

/** Runs the demo. Returns what was not as declared. */
async function failuresIn(region: string): Promise<readonly string[]> {
  const failures: string[] = [];
  const report: Report = {
    failures,
    line: () => undefined,
    heading: () => undefined,
    check: (what, holds) => void (holds || failures.push(what)),
  };
  const fixture = createFixture(harness.aws, region);
  if (!fixture) throw new Error('no such Region');
  await demo(fixture, harness.caller(region), template, report);
  return failures;
}

test.each(['eu-west-1', 'eu-west-3', 'me-central-1'])('the example template works in %s', async (region) => {
  expect(await failuresIn(region)).toEqual([]);
});

test('a Region that AWS’s table lacks has no fixture', () => {
  expect(createFixture(harness.aws, 'ap-east-2')).toBeUndefined();
});

test.each([
  ['a setting of the pool that changes', { MfaConfiguration: 'OFF' }, /nothing else on the pool has changed/],
  [
    'a sender that is not the declared one',
    { EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } },
    /SUCCESS|in force/,
  ],
])('notices %s', async (_name, members, says) => {
  harness.aws.afterCall = ({ operation }) => {
    const pool = harness.regionState('eu-west-1').cognito.pools.get('eu-west-1_Customers');
    if (pool && operation === 'UpdateUserPool') pool.members = { ...pool.members, ...members };
  };
  expect((await failuresIn('eu-west-1')).join()).toMatch(says);
});

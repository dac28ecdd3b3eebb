import { setTimeout as sleep } from 'node:timers/promises';
import { finalProgressEvent } from '../../emulator/cloudformation/run-handler';
import type { ProgressEvent } from '../../emulator/cloudformation/types';
import type { JsonObject } from '../../emulator/types';
import { runCases, warmUp } from '../support/concurrency';
import { attachments, expectSetup } from '../support/expect-setup';
import { setupProperties, startTestHarness, type TestHarness } from '../support/harness';
import { record } from '../support/reliability';
import { addIdentities, kindsFor, type RegionRow, regionTable, type SetupKind } from '../support/setup-kinds';
import { detectStalls, type StallDetector } from '../support/stall-detector';

/*
 * Many setups at once, with the limits of SES and Cognito and all times twenty times faster: what the handlers compute
 * is not, so that this needs the machine to itself. `npm run bench` does it at real speed.
 */

const rowOf = (region: string) => regionTable.find((row) => row.region === region) as RegionRow;
const twentyTimesFaster = { EMAILSETUP_DEADLINE_MS: '2000', EMAILSETUP_PATIENCE_MS: '45000' };

describe('many setups on one identity', () => {
  let harness: TestHarness;
  let machine: StallDetector;
  beforeAll(async () => {
    harness = await startTestHarness({ environment: twentyTimesFaster });
    await warmUp(() => harness.last('eu-west-2', { action: 'LIST' }));
    // A request has 250 ms: a part of it is what the machine may take.
    machine = detectStalls(harness.handler.ping, 60);
  });
  afterAll(async () => {
    await machine.stop();
    await harness.close();
  });

  /** Identities of a row, without what another test has left on them. */
  function freshIdentities(region: string): void {
    for (const ses of rowOf(region).sesRegions) harness.regionState(ses).ses.identities.clear();
    addIdentities(harness.regionState, rowOf(region));
  }

  /** Creates so many setups at once, at CloudFormation's pace made twenty times faster. */
  async function createAtOnce(region: string, count: number, properties: JsonObject) {
    const caller = { ...harness.caller(region), delayScale: 0.05 };
    const ids = Array.from({ length: count }, () => harness.regionState(region).cognito.addPool());
    const answers = await Promise.all(
      ids.map(async (id, number) => {
        // Each has a Lambda of its own in AWS. Here they share a process, which cannot begin all in the same instant; all
        // of them are under way long before the first has had its turn at SES.
        await sleep(number * 20);
        return finalProgressEvent(caller, { action: 'CREATE', properties: setupProperties(id, properties) });
      }),
    );
    return ids.map((id, index) => ({ id, answer: answers[index] as ProgressEvent }));
  }

  test('two pools have a policy each', async () => {
    const [kind] = kindsFor(rowOf('me-central-1')) as [SetupKind];
    addIdentities(harness.regionState, rowOf('me-central-1'));
    const setups = await createAtOnce('me-central-1', 2, kind.properties);
    for (const { id, answer } of setups) {
      expect(answer).toMatchObject({ status: 'SUCCESS' });
      expectSetup(harness, 'me-central-1', id, kind);
    }
    const [first, second] = setups.map(({ id }) => id) as [string, string];
    const properties = setupProperties(first, kind.properties);
    await harness.succeed('me-central-1', { action: 'DELETE', properties });
    expectSetup(harness, 'me-central-1', second, kind);
  });

  test('fifty pools are set up under the limits of SES and Cognito, and SES refuses few calls', async () => {
    const [kind] = kindsFor(rowOf('eu-west-2')) as [SetupKind];
    // One call a second to SES, 15 reads and 15 updates a second to Cognito: twenty times faster, like the deadlines.
    Object.assign(harness.aws.limits, { ses: 20, cognito: 300 });
    const findings = await runCases(machine, [50], 1, async (count) => {
      freshIdentities('eu-west-2');
      const start = harness.aws.calls.length;
      const setups = await createAtOnce('eu-west-2', count, kind.properties);
      const failed = setups.filter(({ answer }) => answer.status !== 'SUCCESS');
      for (const { id } of failed.length > 0 ? [] : setups) expectSetup(harness, 'eu-west-2', id, kind);
      const ses = harness.aws.calls.slice(start).filter(({ service }) => service === 'ses');
      const answered = ses.filter(({ status }) => status === 200).length;
      const refused = ses.length - answered;
      return [
        ...failed.map(({ answer }) => `${answer.errorCode}: ${answer.message}`),
        ...(answered === 2 * count ? [] : [`${answered} calls of SES for ${count} setups`]),
        ...(refused <= 4 * answered ? [] : [`SES refused ${refused} calls and answered ${answered}`]),
      ];
    });
    Object.assign(harness.aws.limits, { ses: undefined, cognito: undefined });
    expect(findings).toEqual([]);
    record('pools at once on one identity', 50, 'SES at one call a second, Cognito at 15, all 20 times faster');
  }, 120_000);

  test('the twenty-first policy is ServiceLimitExceeded, and leaves nothing', async () => {
    const [, kind] = kindsFor(rowOf('me-central-1')) as [SetupKind, SetupKind];
    const findings = await runCases(machine, [24], 1, async (count) => {
      freshIdentities('me-central-1');
      const setups = await createAtOnce('me-central-1', count, kind.properties);
      const refused = setups.filter(({ answer }) => answer.status !== 'SUCCESS');
      expect(refused.map(({ answer }) => answer.errorCode)).toEqual(Array(4).fill('ServiceLimitExceeded'));
      for (const { id, answer } of setups) {
        if (answer.status === 'SUCCESS') expectSetup(harness, 'me-central-1', id, kind);
        else {
          expect(attachments(harness, 'me-central-1', id)).toEqual([]);
          expect(harness.regionState('me-central-1').cognito.describe(id)['UserPoolTags']).toEqual({});
        }
      }
      return [];
    });
    expect(findings).toEqual([]);
  });
});

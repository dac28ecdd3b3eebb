import { setTimeout as sleep } from 'node:timers/promises';
import { type HandlerAnswer, outcome } from '../../emulator/cloudformation/drive';
import type { JsonObject } from '../../emulator/types';
import { runCases, warm } from '../support/concurrency';
import { expectSetup, held } from '../support/expect-setup';
import { declaring, type Harness, startHarness, succeed } from '../support/harness';
import { addIdentities, type Kind, kindsFor, type Row, table } from '../support/kinds';
import { record } from '../support/reliability';
import { detectStalls, type StallDetector } from '../support/stall-detector';

/*
 * Many setups at once, with the limits of SES and Cognito and all times twenty times faster: what the handlers compute
 * is not, so that this needs the machine to itself. `npm run bench` does it at real speed.
 */

const rowOf = (region: string) => table.find((row) => row.region === region) as Row;
const twentyTimesFaster = { EMAILSETUP_DEADLINE_MS: '2000', EMAILSETUP_PATIENCE_MS: '45000' };

describe('many setups on one identity', () => {
  let stage: Harness;
  let machine: StallDetector;
  beforeAll(async () => {
    stage = await startHarness({ times: twentyTimesFaster });
    await warm(() => stage.last('eu-west-2', { action: 'LIST' }));
    // A request has 250 ms: a part of it is what the machine may take.
    machine = detectStalls(stage.handler.pulse, 60);
  });
  afterAll(async () => {
    await machine.stop();
    await stage.close();
  });

  /** Identities of a row, without what another trial has left on them. */
  function freshIdentities(region: string): void {
    for (const ses of rowOf(region).sesRegions) stage.world(ses).ses.identities.clear();
    addIdentities(stage.world, rowOf(region));
  }

  /** Creates so many setups at once, at CloudFormation's pace made twenty times faster. */
  async function createAtOnce(region: string, count: number, properties: JsonObject) {
    const caller = { ...stage.caller(region), pace: 0.05 };
    const ids = Array.from({ length: count }, () => stage.world(region).cognito.addPool());
    const answers = await Promise.all(
      ids.map(async (id, number) => {
        // Each has a Lambda of its own in AWS. Here they share a process, which cannot begin all in the same instant; all
        // of them are under way long before the first has had its turn at SES.
        await sleep(number * 20);
        return outcome(caller, { action: 'CREATE', properties: declaring(id, properties) });
      }),
    );
    return ids.map((id, index) => ({ id, answer: answers[index] as HandlerAnswer }));
  }

  test('two pools have a policy each', async () => {
    const [kind] = kindsFor(rowOf('me-central-1')) as [Kind];
    addIdentities(stage.world, rowOf('me-central-1'));
    const setups = await createAtOnce('me-central-1', 2, kind.properties);
    for (const { id, answer } of setups) {
      expect(answer).toMatchObject({ status: 'SUCCESS' });
      expectSetup(stage, 'me-central-1', id, kind);
    }
    const [first, second] = setups.map(({ id }) => id) as [string, string];
    const properties = declaring(first, kind.properties);
    await succeed(stage, 'me-central-1', { action: 'DELETE', properties });
    expectSetup(stage, 'me-central-1', second, kind);
  });

  test('fifty pools are set up under the limits of SES and Cognito, and SES refuses few calls', async () => {
    const [kind] = kindsFor(rowOf('eu-west-2')) as [Kind];
    // One call a second to SES, 15 reads and 15 updates a second to Cognito: twenty times faster, like the deadlines.
    Object.assign(stage.aws.limits, { ses: 20, cognito: 300 });
    const findings = await runCases(machine, [50], 1, async (count) => {
      freshIdentities('eu-west-2');
      const start = stage.aws.calls.length;
      const setups = await createAtOnce('eu-west-2', count, kind.properties);
      const failed = setups.filter(({ answer }) => answer.status !== 'SUCCESS');
      for (const { id } of failed.length > 0 ? [] : setups) expectSetup(stage, 'eu-west-2', id, kind);
      const ses = stage.aws.calls.slice(start).filter(({ service }) => service === 'ses');
      const answered = ses.filter(({ status }) => status === 200).length;
      const refused = ses.length - answered;
      return [
        ...failed.map(({ answer }) => `${answer.errorCode}: ${answer.message}`),
        ...(answered === 2 * count ? [] : [`${answered} calls of SES for ${count} setups`]),
        ...(refused <= 4 * answered ? [] : [`SES refused ${refused} calls and answered ${answered}`]),
      ];
    });
    Object.assign(stage.aws.limits, { ses: undefined, cognito: undefined });
    expect(findings).toEqual([]);
    record('pools at once on one identity', 50, 'SES at one call a second, Cognito at 15, all 20 times faster');
  }, 120_000);

  test('the twenty-first policy is ServiceLimitExceeded, and leaves nothing', async () => {
    const [, kind] = kindsFor(rowOf('me-central-1')) as [Kind, Kind];
    const findings = await runCases(machine, [24], 1, async (count) => {
      freshIdentities('me-central-1');
      const setups = await createAtOnce('me-central-1', count, kind.properties);
      const refused = setups.filter(({ answer }) => answer.status !== 'SUCCESS');
      expect(refused.map(({ answer }) => answer.errorCode)).toEqual(Array(4).fill('ServiceLimitExceeded'));
      for (const { id, answer } of setups) {
        if (answer.status === 'SUCCESS') expectSetup(stage, 'me-central-1', id, kind);
        else {
          expect(held(stage, 'me-central-1', id)).toEqual([]);
          expect(stage.world('me-central-1').cognito.describe(id)['UserPoolTags']).toEqual({});
        }
      }
      return [];
    });
    expect(findings).toEqual([]);
  });
});

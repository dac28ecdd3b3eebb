import { isDeepStrictEqual } from 'node:util';
import { type Caller, type HandlerAnswer, type Operation, outcome } from '../emulator/cloudformation/drive';
import type { JsonObject } from '../emulator/types';
import { goesOut, inForce, nothingElseChanged, others } from './checks';
import { declaredIn } from './declared';
import type { Fixture } from './fixture';
import { type Report, rowsOf, tableOf } from './report';
import { templateIn } from './template';

/**
 * The main job: a stack with the template is created, read, updated to another sender and deleted, and after each step
 * AWS is looked at: what was declared is there, and nothing else has changed.
 */
export async function demo(scene: Fixture, caller: Caller, template: string, report: Report): Promise<void> {
  const { poolId, world, domain, address } = scene;
  const place = { ...scene, poolIds: [poolId] };
  const before = others(world.cognito.describe(poolId));
  const declare = (parameters: Record<string, string>) =>
    propertiesIn(template, { UserPoolId: poolId, ...parameters }, scene);
  const step = async (name: string, operation: Operation) => {
    report.heading(name);
    for (const [property, value] of Object.entries(operation.properties ?? {})) report.line(`${property}: ${value}`);
    const start = scene.aws.calls.length;
    const answer = await outcome(caller, operation);
    for (const { operation: call, region, status } of scene.aws.calls.slice(start))
      report.line(`  ${call} in ${region} (${status})`);
    report.check(`${operation.action} answers SUCCESS`, answer.status === 'SUCCESS', answer.message);
    return answer;
  };

  const first = declare({
    Identity: domain,
    From: `"Example, Inc." <no-reply@${domain}>`,
    ReplyToEmailAddress: `help@${domain}`,
  });
  const created = await step('Create: DEVELOPER with a domain', { action: 'CREATE', properties: first });
  verify(scene, report, first, created, before);
  const rows = [...rowsOf(place, 'Create')];

  const read = await step('Read: what is in force now', { action: 'READ', properties: { UserPoolId: poolId } });
  report.check('Read returns what Create returned', isDeepStrictEqual(read.resourceModel, created.resourceModel));

  const second = declare({ EmailSendingAccount: 'COGNITO_DEFAULT', Identity: address, Revision: '2' });
  const updated = await step('Update: COGNITO_DEFAULT with an address', {
    action: 'UPDATE',
    properties: second,
    previous: first,
  });
  verify(scene, report, second, updated, before);
  rows.push(...rowsOf(place, 'Update'));

  await step('Delete', { action: 'DELETE', properties: second });
  report.check('nothing of the setup is left', rowsOf(place, '').length === 1);
  unchanged(scene, report, before);
  rows.push(...rowsOf(place, 'Delete'));
  report.heading('What was set up where');
  process.stdout.write(`${tableOf(rows)}\n`);
}

function propertiesIn(file: string, given: Record<string, string>, { region }: Fixture): JsonObject {
  const [setup] = declaredIn(templateIn(file), given, { region, account: '111122223333' }).setups;
  if (!setup) throw new Error(`${file} declares no Org::Cognito::EmailSetup`);
  return setup.properties;
}

function verify(scene: Fixture, report: Report, declared: JsonObject, answer: HandlerAnswer, before: JsonObject): void {
  inForce(report, declared, answer.resourceModel ?? {});
  goesOut(report, scene.world.canSend(scene.poolId));
  unchanged(scene, report, before);
}

function unchanged(scene: Fixture, report: Report, before: JsonObject): void {
  nothingElseChanged(report, before, others(scene.world.cognito.describe(scene.poolId)));
}

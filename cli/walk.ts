import { isDeepStrictEqual } from 'node:util';
import diff from 'microdiff';
import { type Caller, type HandlerAnswer, type Operation, outcome } from '../emulator/cloudformation/drive';
import type { JsonObject } from '../emulator/types';
import { type Report, rowsOf, tableOf } from './report';
import type { Scene } from './scene';
import { resourcesOf } from './template';

const ourTag = 'Org::Cognito::EmailSetup';

/**
 * The main job: a stack with the template is created, read, updated to another sender and deleted, and after each step
 * AWS is looked at: what was declared is there, and nothing else has changed.
 */
export async function walk(scene: Scene, caller: Caller, template: string, report: Report): Promise<void> {
  const { poolId, world, domain, address } = scene;
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
  const rows = [...rowsOf(scene, 'Create')];

  const read = await step('Read: what is in force now', { action: 'READ', properties: { UserPoolId: poolId } });
  report.check('Read returns what Create returned', isDeepStrictEqual(read.resourceModel, created.resourceModel));

  const second = declare({ EmailSendingAccount: 'COGNITO_DEFAULT', Identity: address, Revision: '2' });
  const updated = await step('Update: COGNITO_DEFAULT with an address', {
    action: 'UPDATE',
    properties: second,
    previous: first,
  });
  verify(scene, report, second, updated, before);
  rows.push(...rowsOf(scene, 'Update'));

  await step('Delete', { action: 'DELETE', properties: second });
  report.check('nothing of the setup is left', rowsOf(scene, '').length === 1);
  unchanged(scene, report, before);
  rows.push(...rowsOf(scene, 'Delete'));
  report.heading('What was set up where');
  process.stdout.write(`${tableOf(rows)}\n`);
}

function propertiesIn(template: string, parameters: Record<string, string>, { region }: Scene): JsonObject {
  const [resource] = resourcesOf(template, parameters, { region, account: '111122223333', partition: 'aws' });
  if (!resource) throw new Error(`${template} declares no Org::Cognito::EmailSetup`);
  return resource.properties;
}

function verify(scene: Scene, report: Report, declared: JsonObject, answer: HandlerAnswer, before: JsonObject): void {
  const model = answer.resourceModel ?? {};
  const differs = Object.entries(declared).filter(([name, value]) => name !== 'Revision' && model[name] !== value);
  report.check('every declared property is in force', differs.length === 0, JSON.stringify(differs));
  const delivery = scene.world.delivers(scene.poolId);
  report.check(
    `mail goes out${delivery.sends ? ` as ${delivery.from}` : ''}`,
    delivery.sends,
    delivery.sends ? '' : delivery.why,
  );
  unchanged(scene, report, before);
}

function unchanged(scene: Scene, report: Report, before: JsonObject): void {
  const changes = diff(before, others(scene.world.cognito.describe(scene.poolId)));
  const count = Object.keys(before).length;
  report.check(
    `nothing else on the pool has changed (${count} settings compared)`,
    changes.length === 0,
    JSON.stringify(changes),
  );
}

/** Everything on a pool but its e-mail, our tag, and the time of its last change. */
function others(pool: JsonObject): JsonObject {
  const { EmailConfiguration: _e, LastModifiedDate: _l, UserPoolTags, ...rest } = pool;
  const tags = Object.entries((UserPoolTags ?? {}) as JsonObject).filter(([key]) => key !== ourTag);
  return { ...rest, UserPoolTags: Object.fromEntries(tags) };
}

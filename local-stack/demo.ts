import { isDeepStrictEqual } from 'node:util';
import { finalProgressEvent } from '../emulator/cloudformation/run-handler';
import type { Caller, Operation, ProgressEvent } from '../emulator/cloudformation/types';
import type { JsonObject } from '../emulator/types';
import { checkEmailIsSent, checkNothingElseChanged, checkPropertiesInForce, withoutEmailSetup } from './checks';
import type { Fixture } from './fixture';
import type { Report } from './report';
import { resolveTemplate } from './resolved-template';
import { summaryRows, summaryTable } from './summary-table';
import { readTemplate } from './template';

/**
 * Creates, reads, updates (to another sender) and deletes the setup of a template. After each step it checks that what was
 * declared is in force, and that nothing else has changed; what differs is a failure of the report.
 */
export async function demo(fixture: Fixture, caller: Caller, template: string, report: Report): Promise<void> {
  const { aws, poolId, domain, address } = fixture;
  const scope = { ...fixture, poolIds: [poolId] };
  const before = describePool(fixture);
  const declare = (parameters: Record<string, string>) =>
    resolveProperties(template, { UserPoolId: poolId, ...parameters }, fixture);
  const step = async (name: string, operation: Operation) => {
    report.heading(name);
    for (const [property, value] of Object.entries(operation.properties ?? {})) report.line(`${property}: ${value}`);
    const start = aws.calls.length;
    const event = await finalProgressEvent(caller, operation);
    for (const { operation: call, region, status } of aws.calls.slice(start))
      report.line(`  ${call} in ${region} (${status})`);
    report.check(`${operation.action} answers SUCCESS`, event.status === 'SUCCESS', event.message);
    return event;
  };
  const verify = (declared: JsonObject, { resourceModel = {} }: ProgressEvent) => {
    checkPropertiesInForce(report, declared, resourceModel);
    checkEmailIsSent(report, fixture.state.canSend(poolId));
    checkNothingElseChanged(report, before, describePool(fixture));
  };

  const first = declare({
    Identity: domain,
    From: `"Example, Inc." <no-reply@${domain}>`,
    ReplyToEmailAddress: `help@${domain}`,
  });
  const created = await step('Create: DEVELOPER with a domain', { action: 'CREATE', properties: first });
  verify(first, created);
  const rows = [...summaryRows(scope, 'Create')];

  const read = await step('Read: what is in force now', { action: 'READ', properties: { UserPoolId: poolId } });
  report.check('Read returns what Create returned', isDeepStrictEqual(read.resourceModel, created.resourceModel));

  const second = declare({ EmailSendingAccount: 'COGNITO_DEFAULT', Identity: address, Revision: '2' });
  const updated = await step('Update: COGNITO_DEFAULT with an address', {
    action: 'UPDATE',
    properties: second,
    previous: first,
  });
  verify(second, updated);
  rows.push(...summaryRows(scope, 'Update'));

  await step('Delete', { action: 'DELETE', properties: second });
  report.check('nothing of the setup is left', summaryRows(scope, '').length === 1);
  checkNothingElseChanged(report, before, describePool(fixture));
  rows.push(...summaryRows(scope, 'Delete'));
  report.heading('What was set up where');
  process.stdout.write(`${summaryTable(rows)}\n`);
}

const describePool = ({ state, poolId }: Fixture) => withoutEmailSetup(state.cognito.describe(poolId));

function resolveProperties(file: string, parameters: Record<string, string>, { region }: Fixture): JsonObject {
  const location = { region, account: '111122223333' };
  const [emailSetup] = resolveTemplate(readTemplate(file), parameters, location).emailSetups;
  if (!emailSetup) throw new Error(`${file} declares no Org::Cognito::EmailSetup`);
  return emailSetup.properties;
}

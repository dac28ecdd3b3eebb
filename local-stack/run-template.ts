import { finalProgressEvent } from '../emulator/cloudformation/run-handler';
import { checkEmailIsSent, checkPropertiesInForce } from './checks';
import { createPrerequisites } from './prerequisites';
import { type ResolvedTemplate, resolveTemplate } from './resolved-template';
import { emailSetupType } from './resources/supported-types';
import { createStack, lookupIn, type StackResources, updateStack } from './stack';
import type { StackContext } from './stack-context';
import { type SummaryRow, summaryRows, summaryTable } from './summary-table';
import { readTemplate } from './template';

/** A template, its parameters, and the parameters that an update of the stack changes; undefined: no update. */
interface TemplateRun {
  readonly file: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly update?: Readonly<Record<string, string>> | undefined;
}

/**
 * Creates a stack from a template, and updates it. What differs from the template is a failure of the report. Returns the
 * stack's resources at the end; throws `UnsupportedTemplateError` for a template that cannot be run.
 */
export async function runTemplate(
  context: StackContext,
  { file, parameters, update }: TemplateRun,
): Promise<StackResources> {
  const { report, region, caller } = context;
  const template = readTemplate(file);
  const location = { region, account: caller.account };
  const created = resolveTemplate(template, parameters, location);
  // The update is resolved before anything is created, too: a template that cannot be run changes nothing.
  const updated = update && resolveTemplate(template, { ...parameters, ...update }, location);
  report.heading(`${file}, a stack in ${region}`);
  if (created.unsupported.length > 0) report.line(`not made here: ${created.unsupported.join(', ')}`);
  const sesRegions = new Set(createPrerequisites(context, created));
  const poolIds = new Set(context.aws.region(region).cognito.pools.keys());
  const stack: StackResources = new Map();
  const rows: SummaryRow[] = [];
  const verify = async (step: string, current: ResolvedTemplate) => {
    for (const { properties } of emailSetupsIn(stack)) poolIds.add(String(properties['UserPoolId']));
    await verifyEmailSetups(context, stack);
    reportOutputs(context, current, stack);
    rows.push(...summaryRows({ ...context, poolIds: [...poolIds], sesRegions: [...sesRegions] }, step));
  };

  const isCreated = await createStack(context, created, stack);
  await verify(isCreated ? 'Create' : 'Rollback', created);
  if (isCreated && updated) {
    for (const sesRegion of createPrerequisites(context, updated)) sesRegions.add(sesRegion);
    const isUpdated = await updateStack(context, updated, stack);
    await verify(isUpdated ? 'Update' : 'Rollback', isUpdated ? updated : created);
  }
  report.heading('What was set up where');
  process.stdout.write(rows.length > 0 ? `${summaryTable(rows)}\n` : '  nothing\n');
  return stack;
}

const emailSetupsIn = (stack: StackResources) =>
  [...stack.values()].filter(({ declared }) => declared.type === emailSetupType);

/** Reads every setup of the stack, and checks its properties and that its pool's e-mail can be sent. */
async function verifyEmailSetups({ report, caller, aws, region }: StackContext, stack: StackResources): Promise<void> {
  for (const { declared, properties } of emailSetupsIn(stack)) {
    report.heading(`Read ${declared.id}`);
    const poolId = String(properties['UserPoolId']);
    const event = await finalProgressEvent(caller, { action: 'READ', properties: { UserPoolId: poolId } });
    report.check('Read answers SUCCESS', event.status === 'SUCCESS', event.message);
    checkPropertiesInForce(report, properties, event.resourceModel ?? {});
    checkEmailIsSent(report, aws.region(region).canSend(poolId));
  }
}

function reportOutputs({ report }: StackContext, template: ResolvedTemplate, stack: StackResources): void {
  if (stack.size === 0) return;
  const outputs = template.outputs(lookupIn(stack));
  if (outputs.length > 0) report.heading('Outputs');
  for (const [name, value] of outputs) report.line(`${name}: ${value ?? '(names what is not made here)'}`);
}

import { outcome } from '../emulator/cloudformation/drive';
import { goesOut, inForce } from './checks';
import { type Declaration, declaredIn } from './declared';
import { createPrerequisites } from './prerequisites';
import { rowsOf, tableOf } from './report';
import type { StackContext } from './resources/type';
import { setupType } from './resources/types';
import { createStack, type Stack, standingIn, updateStack } from './stack';
import { templateIn } from './template';

/** What a reader asks for: a template, its parameters, and those of an update that follows, where one is wanted. */
export interface Run {
  readonly file: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly update?: Readonly<Record<string, string>> | undefined;
}

/** Runs a template as a stack. Each thing that is not as declared is a failure of the report. */
export async function runTemplate(site: StackContext, { file, parameters, update }: Run): Promise<Stack> {
  const { report, region, caller } = site;
  const template = templateIn(file);
  const place = { region, account: caller.account };
  const declaration = declaredIn(template, parameters, place);
  // The update is read now as well: what cannot be run is said before anything is made.
  const changed = update && declaredIn(template, { ...parameters, ...update }, place);
  report.heading(`${file}, a stack in ${region}`);
  if (declaration.leftOut.length > 0) report.line(`not made here: ${declaration.leftOut.join(', ')}`);
  const sesRegions = new Set(createPrerequisites(site, declaration));
  const poolIds = new Set(site.aws.region(region).cognito.pools.keys());
  const stack: Stack = new Map();
  const rows: (readonly string[])[] = [];
  const look = async (step: string, now: Declaration) => {
    for (const { properties } of setupsIn(stack)) poolIds.add(String(properties['UserPoolId']));
    await verify(site, stack);
    tellOutputs(site, now, stack);
    rows.push(...rowsOf({ ...site, poolIds: [...poolIds], sesRegions: [...sesRegions] }, step));
  };

  const stands = await createStack(site, declaration, stack);
  await look(stands ? 'Create' : 'Rollback', declaration);
  if (stands && changed) {
    for (const sesRegion of createPrerequisites(site, changed)) sesRegions.add(sesRegion);
    const updated = await updateStack(site, changed, stack);
    await look(updated ? 'Update' : 'Rollback', updated ? changed : declaration);
  }
  report.heading('What was set up where');
  process.stdout.write(rows.length > 0 ? `${tableOf(rows)}\n` : '  nothing\n');
  return stack;
}

const setupsIn = (stack: Stack) => [...stack.values()].filter(({ declared }) => declared.type === setupType);

/** Looks at every setup that stands: what is read back, and whether mail would go out. */
async function verify({ report, caller, aws, region }: StackContext, stack: Stack): Promise<void> {
  for (const { declared, properties } of setupsIn(stack)) {
    report.heading(`Read ${declared.id}`);
    const poolId = String(properties['UserPoolId']);
    const answer = await outcome(caller, { action: 'READ', properties: { UserPoolId: poolId } });
    report.check('Read answers SUCCESS', answer.status === 'SUCCESS', answer.message);
    inForce(report, properties, answer.resourceModel ?? {});
    goesOut(report, aws.region(region).canSend(poolId));
  }
}

function tellOutputs({ report }: StackContext, declaration: Declaration, stack: Stack): void {
  if (stack.size === 0) return;
  const outputs = declaration.outputs(standingIn(stack));
  if (outputs.length > 0) report.heading('Outputs');
  for (const [name, value] of outputs) report.line(`${name}: ${value ?? '(names what is not made here)'}`);
}

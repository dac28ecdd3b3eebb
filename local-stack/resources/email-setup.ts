import { isDeepStrictEqual } from 'node:util';
import { exampleResource } from '../../emulator/cloudformation/example-stack';
import { finalProgressEvent } from '../../emulator/cloudformation/run-handler';
import { createInStack } from '../../emulator/cloudformation/stack-resources';
import type { Action, Operation, ProgressEvent, StackResource } from '../../emulator/cloudformation/types';
import type { JsonObject } from '../../emulator/types';
import { checkNothingElseChanged, withoutEmailSetup } from '../checks';
import type { ResourceValues } from '../resource-values';
import type { StackContext } from '../stack-context';
import { ResourceOperationError, type ResourceType } from './resource-type';

/** Org::Cognito::EmailSetup, through the built handler. Each operation checks that nothing else on the pool changes. */
export const emailSetup: ResourceType = {
  createOnly: ['UserPoolId'],
  create: async (context, properties) => {
    const { caller, checkPool } = reportingCaller(context, properties);
    const { create, rollback } = await createInStack(caller, properties, ownerIn(context));
    checkPool();
    if (rollback) {
      context.report.line(`the failed Create had named the pool, so a Delete followed: ${resultOf(rollback)}`);
    }
    return valuesOrThrow(create);
  },
  update: async (context, { properties, previous }) =>
    valuesOrThrow(await run(context, { action: 'UPDATE', properties, previous })),
  delete: async (context, _values, properties) => {
    const event = await run(context, { action: 'DELETE', properties });
    // CloudFormation takes NotFound as the success of a Delete.
    if (event.errorCode !== 'NotFound') valuesOrThrow(event);
  },
};

/** The stack's resource, as CloudFormation names it to the handler. */
function ownerIn({ caller, logicalId }: StackContext): StackResource {
  const { stackId, logicalResourceId } = exampleResource(caller);
  return { stackId, logicalResourceId: logicalId ?? logicalResourceId };
}

async function run(context: StackContext, operation: Operation): Promise<ProgressEvent> {
  const { caller, checkPool } = reportingCaller(context, operation.properties ?? {});
  const event = await finalProgressEvent(caller, { ...operation, owner: ownerIn(context) });
  checkPool();
  return event;
}

/**
 * A caller that reports the calls to AWS and the waits of one operation; `checkPool`, called at its end, compares the rest
 * of the pool with what it was before.
 */
function reportingCaller(context: StackContext, properties: JsonObject) {
  const { aws, report, region } = context;
  const poolId = String(properties['UserPoolId']);
  const describePool = () => withoutEmailSetup(aws.region(region).cognito.describe(poolId));
  const before = describePool();
  let reported = aws.calls.length;
  const reportCalls = () => {
    for (const call of aws.calls.slice(reported)) {
      report.line(`  ${call.operation} in ${call.region} (${call.status})`);
    }
    reported = aws.calls.length;
  };
  return {
    caller: {
      ...context.caller,
      onProgressEvent: (action: Action, event: ProgressEvent) => {
        context.caller.onProgressEvent?.(action, event);
        reportCalls();
        if (event.status === 'IN_PROGRESS') report.line(`waits: ${event.message}`);
      },
    },
    checkPool: () => {
      const poolExisted = !isDeepStrictEqual(before, withoutEmailSetup({}));
      if (poolExisted) checkNothingElseChanged(report, before, describePool());
    },
  };
}

const resultOf = ({ status, errorCode, message }: ProgressEvent) =>
  status === 'SUCCESS' ? status : `${errorCode}: ${message}`;

function valuesOrThrow(event: ProgressEvent): ResourceValues {
  if (event.status !== 'SUCCESS') throw new ResourceOperationError(resultOf(event));
  const model = event.resourceModel ?? {};
  return { ref: String(model['UserPoolId'] ?? ''), attribute: (name) => model[name] };
}

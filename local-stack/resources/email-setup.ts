import { isDeepStrictEqual } from 'node:util';
import {
  type Action,
  createInStack,
  exampleOf,
  type HandlerAnswer,
  type Operation,
  type Owner,
  outcome,
} from '../../emulator/cloudformation/drive';
import type { JsonObject } from '../../emulator/types';
import { nothingElseChanged, others } from '../checks';
import type { Known } from '../functions';
import { Refused, type ResourceType, type StackContext } from './type';

/** Org::Cognito::EmailSetup, through the built handler; nothing else on the pool may change meanwhile. */
export const emailSetup: ResourceType = {
  createOnly: ['UserPoolId'],
  create: async (site, properties) => {
    const watched = watching(site, properties);
    const { create, rollback } = await createInStack(watched.caller, properties, ownerIn(site));
    watched.end();
    if (rollback) site.report.line(`the failed Create had named the pool, so a Delete followed: ${said(rollback)}`);
    return made(create);
  },
  update: async (site, _made, properties, previous) =>
    made(await drive(site, { action: 'UPDATE', properties, previous })),
  remove: async (site, _made, properties) => {
    const answer = await drive(site, { action: 'DELETE', properties });
    // To CloudFormation a resource that is not there is deleted.
    if (answer.errorCode !== 'NotFound') made(answer);
  },
};

/** The stack's resource, as CloudFormation names it to the handler. */
function ownerIn({ caller, logicalId }: StackContext): Owner {
  const { stackId, logicalResourceId } = exampleOf(caller);
  return { stackId, logicalResourceId: logicalId ?? logicalResourceId };
}

async function drive(site: StackContext, operation: Operation): Promise<HandlerAnswer> {
  const watched = watching(site, operation.properties ?? {});
  const answer = await outcome(watched.caller, { ...operation, owner: ownerIn(site) });
  watched.end();
  return answer;
}

/** What a handler says and does during one operation is told, and the rest of the pool compared at its end. */
function watching(site: StackContext, properties: JsonObject) {
  const { aws, report, region } = site;
  const poolId = String(properties['UserPoolId']);
  const describe = () => others(aws.region(region).cognito.describe(poolId));
  const before = describe();
  let told = aws.calls.length;
  const tell = () => {
    for (const { operation, region: where, status } of aws.calls.slice(told))
      report.line(`  ${operation} in ${where} (${status})`);
    told = aws.calls.length;
  };
  return {
    caller: {
      ...site.caller,
      onAnswer: (action: Action, answer: HandlerAnswer) => {
        site.caller.onAnswer?.(action, answer);
        tell();
        if (answer.status === 'IN_PROGRESS') report.line(`waits: ${answer.message}`);
      },
    },
    end: () => {
      // A pool that is not there has nothing to compare.
      if (!isDeepStrictEqual(before, others({}))) nothingElseChanged(report, before, describe());
    },
  };
}

const said = ({ status, errorCode, message }: HandlerAnswer) =>
  status === 'SUCCESS' ? status : `${errorCode}: ${message}`;

function made(answer: HandlerAnswer): Known {
  if (answer.status !== 'SUCCESS') throw new Refused(said(answer));
  const model = answer.resourceModel ?? {};
  return { ref: String(model['UserPoolId'] ?? ''), attribute: (name) => model[name] };
}

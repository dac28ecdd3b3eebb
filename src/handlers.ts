import {
  Action,
  OperationStatus,
  ProgressEvent,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { entrypoints } from './cloudformation/entrypoints';
import { toProgressEvent } from './cloudformation/progress-event';
import type { Declaration } from './domain/declaration/declaration';
import { withoutWriteOnly } from './domain/declaration/schema';
import type { Outcome } from './engine/invocation';
import { ResourceModel } from './model';
import { createOrUpdate } from './operations/create-update';
import { deleteSetup } from './operations/delete';
import { list } from './operations/list';
import { startListing, startOperation, withTime } from './operations/operation';
import { read } from './operations/read';
import { identifierOf, parseDeclaration, previousDeclaration } from './parse-request';

const models = { modelOf: (properties: Partial<Declaration>) => new ResourceModel(properties), withoutWriteOnly };

const answer = (outcome: Outcome<Partial<Declaration>>, declared: Declaration) =>
  toProgressEvent(outcome, declared, models);

/** Where CloudFormation enters: `Handler` in `template.yml`, `entrypoint` in `.rpdk-config`. */
export const { entrypoint, testEntrypoint } = entrypoints(
  { typeName: ResourceModel.TYPE_NAME, Model: ResourceModel },
  {
    [Action.Create]: async (invocation, request) => {
      const declared = parseDeclaration(request, 'create');
      const operation = startOperation(invocation, declared.userPoolId, 'applying');
      return answer(await createOrUpdate(operation, { action: 'create', declared }), declared);
    },

    [Action.Update]: async (invocation, request) => {
      const declared = parseDeclaration(request, 'update');
      const operation = startOperation(invocation, declared.userPoolId, 'applying');
      const previous = previousDeclaration(request);
      return answer(await createOrUpdate(operation, { action: 'update', declared, previous }), declared);
    },

    [Action.Delete]: async (invocation, request) => {
      const declared = identifierOf(request);
      const operation = startOperation(invocation, declared.userPoolId, 'deleting');
      return answer(await deleteSetup(operation, declared), declared);
    },

    [Action.Read]: async (invocation, request) => {
      const declared = identifierOf(request);
      const operation = withTime(startOperation(invocation, declared.userPoolId, 'applying'), 'readDeadline');
      return answer({ status: 'success', model: await read(operation) }, declared);
    },

    [Action.List]: async (invocation, request) => {
      const { ids, next } = await list(startListing(invocation), request.nextToken || undefined);
      return new ProgressEvent({
        status: OperationStatus.Success,
        message: '',
        callbackDelaySeconds: 0,
        resourceModels: ids.map((userPoolId) => new ResourceModel({ userPoolId })),
        ...(next !== undefined && { nextToken: next }),
      });
    },
  },
);

import {
  Action,
  OperationStatus,
  ProgressEvent,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { entrypoints } from './cloudformation/entrypoints';
import { toProgressEvent } from './cloudformation/progress-event';
import { identifierOf, parseDeclaration, previousDeclaration } from './cloudformation/request';
import { ResourceModel } from './model';
import { establish } from './operations/create-update';
import { remove } from './operations/delete';
import { list } from './operations/list';
import { read } from './operations/read';

/** Where CloudFormation enters: `Handler` in `template.yml`, `entrypoint` in `.rpdk-config`. */
export const { entrypoint, testEntrypoint } = entrypoints({
  [Action.Create]: async (run, request, journal) => {
    const declared = parseDeclaration(request, 'create');
    return toProgressEvent(
      await establish(run, { operation: 'create', declared, previous: undefined }, journal),
      declared,
    );
  },

  [Action.Update]: async (run, request, journal) => {
    const declared = parseDeclaration(request, 'update');
    const wanted = { operation: 'update', declared, previous: previousDeclaration(request) } as const;
    return toProgressEvent(await establish(run, wanted, journal), declared);
  },

  [Action.Delete]: async (run, request, journal) => {
    const declared = identifierOf(request);
    return toProgressEvent(await remove(run, declared, journal), declared);
  },

  [Action.Read]: async (run, request) => {
    const declared = identifierOf(request);
    return toProgressEvent({ kind: 'done', model: await read(run, declared.userPoolId) }, declared);
  },

  [Action.List]: async (run, request) => {
    const { ids, next } = await list(run, request.nextToken || undefined);
    return new ProgressEvent({
      status: OperationStatus.Success,
      message: '',
      callbackDelaySeconds: 0,
      resourceModels: ids.map((userPoolId) => new ResourceModel({ userPoolId })),
      ...(next !== undefined && { nextToken: next }),
    });
  },
});

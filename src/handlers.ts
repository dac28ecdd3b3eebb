import {
  Action,
  OperationStatus,
  ProgressEvent,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { ResourceModel } from './model';
import { answerTo } from './runtime/answers';
import { entrypoints } from './runtime/entrypoints';
import { checked, declaredIn, previousIn } from './runtime/requests';
import { establish } from './setup/establish';
import { list } from './setup/list';
import { read } from './setup/read';
import { remove } from './setup/remove';

/** Where CloudFormation enters: `Handler` in `template.yml`, `entrypoint` in `.rpdk-config`. */
export const { entrypoint, testEntrypoint } = entrypoints({
  [Action.Create]: async (run, request, journal) => {
    const declared = checked(request, 'create');
    return answerTo(await establish(run, { operation: 'create', declared, previous: undefined }, journal), declared);
  },

  [Action.Update]: async (run, request, journal) => {
    const declared = checked(request, 'update');
    const wanted = { operation: 'update', declared, previous: previousIn(request) } as const;
    return answerTo(await establish(run, wanted, journal), declared);
  },

  [Action.Delete]: async (run, request, journal) => {
    const declared = declaredIn(request);
    return answerTo(await remove(run, declared, journal), declared);
  },

  [Action.Read]: async (run, request) => {
    const declared = declaredIn(request);
    return answerTo({ kind: 'done', model: await read(run, declared.userPoolId) }, declared);
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

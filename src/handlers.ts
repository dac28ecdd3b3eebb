import {
  Action,
  OperationStatus,
  ProgressEvent,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { ResourceModel } from './model';
import { answerTo, failed } from './runtime/answers';
import { checked, declaredIn, previousIn, type Request, started } from './runtime/requests';
import { emailSetupResource } from './runtime/resource';
import { establish } from './setup/establish';
import type { Invocation } from './setup/invocation';
import { type Journal, journalFrom } from './setup/journal';
import { list } from './setup/list';
import { read } from './setup/read';
import { remove } from './setup/remove';

/** One operation: what it does with a request that has credentials, and how it answers. */
type Operation = (
  run: Invocation,
  request: Request,
  journal: Journal | undefined,
) => Promise<ProgressEvent<ResourceModel>>;

const resource = emailSetupResource();

handle(Action.Create, async (run, request, journal) => {
  const declared = checked(request, 'create');
  return answerTo(await establish(run, { operation: 'create', declared, previous: undefined }, journal), declared);
});

handle(Action.Update, async (run, request, journal) => {
  const declared = checked(request, 'update');
  const wanted = { operation: 'update', declared, previous: previousIn(request) } as const;
  return answerTo(await establish(run, wanted, journal), declared);
});

handle(Action.Delete, async (run, request, journal) => {
  const declared = declaredIn(request);
  return answerTo(await remove(run, declared, journal), declared);
});

handle(Action.Read, async (run, request) => {
  const declared = declaredIn(request);
  return answerTo({ kind: 'done', model: await read(run, declared.userPoolId) }, declared);
});

handle(Action.List, async (run, request) => {
  const { ids, next } = await list(run, request.nextToken || undefined);
  return new ProgressEvent({
    status: OperationStatus.Success,
    message: '',
    callbackDelaySeconds: 0,
    resourceModels: ids.map((userPoolId) => new ResourceModel({ userPoolId })),
    ...(next !== undefined && { nextToken: next }),
  });
});

/** Registers an operation with the library; whatever it throws becomes a FAILED answer with its code. */
function handle(action: Action, operation: Operation): void {
  resource.addHandler(action, async (session, request: Request, context, logger) => {
    try {
      const journal = journalFrom(context);
      const run = started(session, request, journal, (line) => logger.log(line));
      return await operation(run, request, journal);
    } catch (error) {
      return failed(error);
    }
  });
}

/** Where CloudFormation enters: `Handler` in `template.yml`, `entrypoint` in `.rpdk-config`. */
export const entrypoint = resource.entrypoint;
export const testEntrypoint = resource.testEntrypoint;

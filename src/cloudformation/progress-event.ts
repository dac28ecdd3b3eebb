import {
  HandlerErrorCode,
  OperationStatus,
  ProgressEvent,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import type { Declaration } from '../domain/declaration/declaration';
import { HandlerError } from '../domain/errors';
import { ResourceModel } from '../model';
import type { Outcome } from '../operations/operation';

type Answer = ProgressEvent<ResourceModel>;

/** An operation's outcome as CloudFormation takes it. `declared` is the request's model. */
export function toProgressEvent(outcome: Outcome, declared: Declaration): Answer {
  switch (outcome.kind) {
    case 'done':
      return new ProgressEvent({
        status: OperationStatus.Success,
        message: '',
        callbackDelaySeconds: 0,
        ...(outcome.model && { resourceModel: new ResourceModel(outcome.model) }),
      });
    case 'again':
      // The next round is handed this model: the write-only properties must be in it.
      return new ProgressEvent({
        status: OperationStatus.InProgress,
        message: outcome.message,
        callbackDelaySeconds: outcome.delaySeconds,
        callbackContext: { ...outcome.journal },
        resourceModel: new ResourceModel(declared),
      });
    case 'failed':
      return Object.assign(failed(outcome.failure), { resourceModel: new ResourceModel(withoutWriteOnly(declared)) });
  }
}

/** A declaration without its write-only part, which no final answer carries. */
function withoutWriteOnly(declared: Declaration): Partial<Declaration> {
  const { allowSandbox: _a, verificationTimeoutMinutes: _v, takeOver: _t, revision: _r, ...rest } = declared;
  return rest;
}

/** The answer for whatever was thrown; what is no `Failure` is a defect of ours and is said to be one. */
export function failed(thrown: unknown): Answer {
  const [code, message] =
    thrown instanceof HandlerError
      ? [HandlerErrorCode[thrown.code], thrown.message]
      : [
          HandlerErrorCode.InternalFailure,
          `This is a defect of the resource type, please report it: ${String(thrown)}`,
        ];
  return new ProgressEvent({ status: OperationStatus.Failed, errorCode: code, message, callbackDelaySeconds: 0 });
}

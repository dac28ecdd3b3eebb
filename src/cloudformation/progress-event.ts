import {
  type BaseModel,
  HandlerErrorCode,
  OperationStatus,
  ProgressEvent,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { HandlerError } from '../domain/errors';
import type { Outcome } from '../engine/invocation';

/** How a resource type's models are made. */
export interface Models<Properties extends object, Model extends BaseModel> {
  readonly modelOf: (properties: Partial<Properties>) => Model;
  /** The properties that a final answer may carry. */
  readonly withoutWriteOnly: (properties: Properties) => Partial<Properties>;
}

/** An operation's outcome as CloudFormation takes it. `requested`: the properties of the request. */
export function toProgressEvent<Properties extends object, Model extends BaseModel>(
  outcome: Outcome<Partial<Properties>>,
  requested: Properties,
  { modelOf, withoutWriteOnly }: Models<Properties, Model>,
): ProgressEvent<Model> {
  switch (outcome.status) {
    case 'success':
      return new ProgressEvent({
        status: OperationStatus.Success,
        message: '',
        callbackDelaySeconds: 0,
        ...(outcome.model && { resourceModel: modelOf(outcome.model) }),
      });
    case 'in-progress':
      // The next invocation is handed this model: the write-only properties must be in it.
      return new ProgressEvent({
        status: OperationStatus.InProgress,
        message: outcome.message,
        callbackDelaySeconds: outcome.delaySeconds,
        callbackContext: { ...outcome.callbackContext },
        resourceModel: modelOf(requested),
      });
    case 'failed':
      return Object.assign(failed<Model>(outcome.error), { resourceModel: modelOf(withoutWriteOnly(requested)) });
  }
}

/** The answer for whatever was thrown; anything but a `HandlerError` is a defect of the resource type. */
export function failed<Model extends BaseModel>(thrown: unknown): ProgressEvent<Model> {
  const [errorCode, message] =
    thrown instanceof HandlerError
      ? [HandlerErrorCode[thrown.code], thrown.message]
      : [
          HandlerErrorCode.InternalFailure,
          `This is a defect of the resource type, please report it: ${String(thrown)}`,
        ];
  return new ProgressEvent<Model>({ status: OperationStatus.Failed, errorCode, message, callbackDelaySeconds: 0 });
}

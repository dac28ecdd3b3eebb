import Ajv, { type ValidateFunction } from 'ajv';
import type { Action, ProgressEvent } from '../../emulator/cloudformation/types';
import type { JsonObject } from '../../emulator/types';
import schema from '../../schema.json';

const ajv = new Ajv({ strict: false, allErrors: true });
const { properties, required } = schema;

/** A model of an answer: the schema's properties; what identifies the resource is enough for a List. */
const whole: ValidateFunction = ajv.compile({ type: 'object', additionalProperties: false, properties, required });
const identified: ValidateFunction = ajv.compile({
  type: 'object',
  additionalProperties: false,
  properties,
  required: ['UserPoolId'],
});
const writeOnly = schema.writeOnlyProperties.map((pointer) => pointer.replace('/properties/', ''));

/** Throws where an answer breaks the schema, or the contract that CloudFormation sets for handlers. */
export function assertObeysSchema(action: Action, answer: ProgressEvent): void {
  const { status, resourceModel, resourceModels, errorCode, callbackDelaySeconds = 0 } = answer;
  const wrong = (what: string) => {
    throw new Error(`${action} answered ${what}: ${JSON.stringify(answer)}`);
  };
  const isFinal = status !== 'IN_PROGRESS';
  if (resourceModel) check(resourceModel, status === 'SUCCESS' ? whole : identified, wrong);
  for (const model of resourceModels ?? []) check(model, identified, wrong);
  for (const model of [resourceModel ?? {}, ...(resourceModels ?? [])]) {
    if (isFinal && writeOnly.some((name) => name in model)) wrong('a write-only property in a final model');
  }
  if ((status === 'FAILED') !== (errorCode !== undefined)) wrong('an error code without a failure, or the reverse');
  if (status === 'FAILED' && !answer.message) wrong('no message');
  if (!isFinal && !resourceModel) wrong('no model while in progress');
  if (!isFinal && !Number.isInteger(callbackDelaySeconds)) wrong('a fraction of a second');
  if (isFinal && callbackDelaySeconds !== 0) wrong('a delay in a final answer');
  if (status === 'SUCCESS' && (action === 'DELETE' || action === 'LIST') && resourceModel) wrong('a model');
  if (status === 'SUCCESS' && ['CREATE', 'READ', 'UPDATE'].includes(action) && !resourceModel) wrong('no model');
  if (action === 'LIST' && status === 'SUCCESS' && !resourceModels) wrong('no models');
}

function check(model: JsonObject, validate: ValidateFunction, wrong: (what: string) => void): void {
  if (!validate(model)) wrong(`a model that breaks the schema (${ajv.errorsText(validate.errors)})`);
}

import { failed, toProgressEvent } from '../../../src/cloudformation/progress-event';
import { HandlerError } from '../../../src/domain/errors';
import { newCallbackContext } from '../../../src/engine/callback-context';
import { ResourceModel } from '../../../src/model';

const requested = { userPoolId: 'eu-west-1_A', revision: '2' };
const models = {
  modelOf: (properties: object) => new ResourceModel(properties),
  withoutWriteOnly: ({ userPoolId }: typeof requested) => ({ userPoolId }),
};
const wire = (outcome: Parameters<typeof toProgressEvent<typeof requested, ResourceModel>>[0]) => {
  const { resourceModel, ...event } = toProgressEvent(outcome, requested, models);
  return { ...event, model: resourceModel?.serialize() };
};

test('SUCCESS carries the model of the outcome, or none', () => {
  expect(wire({ status: 'success', model: { userPoolId: 'eu-west-1_B' } })).toMatchObject({
    status: 'SUCCESS',
    model: { UserPoolId: 'eu-west-1_B' },
  });
  expect(wire({ status: 'success' }).model).toBeUndefined();
});

test('IN_PROGRESS carries the whole request and the context', () => {
  const callbackContext = newCallbackContext('applying');
  const event = wire({ status: 'in-progress', callbackContext, delaySeconds: 7, message: 'Not yet.' });
  expect(event).toMatchObject({
    status: 'IN_PROGRESS',
    message: 'Not yet.',
    callbackDelaySeconds: 7,
    callbackContext,
    model: { UserPoolId: 'eu-west-1_A', Revision: '2' },
  });
});

test('FAILED names the resource, without what no final answer carries', () => {
  const event = wire({ status: 'failed', error: new HandlerError('Throttling', 'Later.') });
  expect(event).toMatchObject({ status: 'FAILED', errorCode: 'Throttling', message: 'Later.' });
  expect(event.model).toEqual({ UserPoolId: 'eu-west-1_A' });
});

test('what is thrown names no resource; what is no HandlerError is a defect', () => {
  const denied = failed(new HandlerError('AccessDenied', 'Denied.'));
  expect(denied.resourceModel).toBeFalsy();
  expect(denied).toMatchObject({
    status: 'FAILED',
    errorCode: 'AccessDenied',
    message: 'Denied.',
  });
  expect(failed(new TypeError('x is undefined'))).toMatchObject({
    errorCode: 'InternalFailure',
    message: 'This is a defect of the resource type, please report it: TypeError: x is undefined',
  });
});

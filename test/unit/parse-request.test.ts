import type { Request } from '../../src/cloudformation/request';
import { ResourceModel } from '../../src/model';
import { identifierOf, parseDeclaration, previousDeclaration } from '../../src/parse-request';

const properties = { UserPoolId: 'eu-west-1_A', EmailSendingAccount: 'COGNITO_DEFAULT' };
const request = (now: object, before?: object) =>
  ({
    region: 'eu-west-1',
    desiredResourceState: ResourceModel.deserialize({ ...now }),
    ...(before && { previousResourceState: ResourceModel.deserialize({ ...before }) }),
  }) as unknown as Request<ResourceModel>;
const thrownBy = (call: () => unknown) => {
  try {
    return call();
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
};

test('a declaration has what was declared, typed', () => {
  const now = { ...properties, AllowSandbox: 'true', VerificationTimeoutMinutes: '7' };
  expect(parseDeclaration(request(now), 'create')).toEqual({
    userPoolId: 'eu-west-1_A',
    emailSendingAccount: 'COGNITO_DEFAULT',
    allowSandbox: true,
    verificationTimeoutMinutes: 7,
  });
});

test('all that is wrong with it is told at once', () => {
  const thrown = thrownBy(() => parseDeclaration(request({ ...properties, Sender: 'x', Identity: '*' }), 'create'));
  expect(thrown).toMatchObject({ code: 'InvalidRequest' });
  expect(thrown).toMatchObject({
    message: expect.stringMatching(/Sender is not a property.*Identity has a wildcard/s),
  });
});

test('an Update cannot lead to another pool', () => {
  const update = request(properties, { ...properties, UserPoolId: 'eu-west-1_B' });
  expect(thrownBy(() => parseDeclaration(update, 'update'))).toEqual({
    code: 'NotUpdatable',
    message:
      'UserPoolId cannot change from eu-west-1_B to eu-west-1_A: a setup belongs to its pool, so declare another resource for the other pool.',
  });
  expect(parseDeclaration(request(properties, properties), 'update')).toMatchObject({ userPoolId: 'eu-west-1_A' });
});

test('what cannot be the id of a pool has no setup, so that a stack with it can be deleted', () => {
  expect(identifierOf(request({ ...properties, Identity: '*' }))).toMatchObject({ userPoolId: 'eu-west-1_A' });
  expect(thrownBy(() => identifierOf(request({ UserPoolId: 'no id' })))).toMatchObject({ code: 'NotFound' });
});

test('what was declared before an Update is used as far as it goes', () => {
  expect(previousDeclaration(request(properties))).toBeUndefined();
  const before = { ...properties, AllowSandbox: 'perhaps', Identity: 'example.com' };
  expect(previousDeclaration(request(properties, before))).toEqual({
    userPoolId: 'eu-west-1_A',
    emailSendingAccount: 'COGNITO_DEFAULT',
    identity: 'example.com',
  });
});

import { handlerErrorFor } from '../../../src/aws/errors';

const call = {
  service: 'ses',
  operation: 'GetEmailIdentity',
  resource: 'identity example.com',
  region: 'eu-west-1',
} as const;
const failure = (error: object, timedOut = false) =>
  handlerErrorFor(Object.assign(new Error('said AWS'), error), call, { timedOut });
const http = (status: number) => ({ $metadata: { httpStatusCode: status } });

test.each([
  ['AccessDeniedException', 400, 'AccessDenied', false],
  ['NotAuthorizedException', 400, 'AccessDenied', false],
  ['UnrecognizedClientException', 403, 'InvalidCredentials', false],
  ['ExpiredTokenException', 403, 'InvalidCredentials', false],
  ['InvalidSignatureException', 403, 'InvalidCredentials', false],
  ['TooManyRequestsException', 429, 'Throttling', true],
  ['ThrottlingException', 400, 'Throttling', true],
  ['ConcurrentModificationException', 500, 'ResourceConflict', true],
  ['UserImportInProgressException', 400, 'ResourceConflict', false],
  ['LimitExceededException', 400, 'ServiceLimitExceeded', false],
  ['UserPoolTaggingException', 400, 'ServiceLimitExceeded', false],
  ['NotFoundException', 404, 'NotFound', false],
  ['ResourceNotFoundException', 400, 'NotFound', false],
  ['InternalErrorException', 500, 'ServiceInternalError', true],
  ['InvalidParameterException', 400, 'InvalidRequest', false],
  ['BadRequestException', 400, 'InvalidRequest', false],
  ['InvalidEmailRoleAccessPolicyException', 400, 'InvalidRequest', false],
  ['FeatureUnavailableInTierException', 400, 'InvalidRequest', false],
  ['SomethingNew', 400, 'GeneralServiceException', false],
  ['SomethingNew', 429, 'Throttling', true],
  ['SomethingNew', 503, 'ServiceInternalError', true],
  ['SomethingNew', 403, 'AccessDenied', false],
  ['SyntaxError', 503, 'ServiceInternalError', true],
  ['SyntaxError', 200, 'ServiceInternalError', true],
  ['Unknown', 500, 'ServiceInternalError', true],
  ['constructor', 400, 'GeneralServiceException', false],
] as const)('%s with %i is %s', (name, status, code, retryable) => {
  const said = failure({ name, ...http(status) });
  expect([said.code, said.retryable]).toEqual([code, retryable]);
  for (const part of ['ses:GetEmailIdentity', 'identity example.com', 'eu-west-1'])
    expect(said.message).toContain(part);
});

test.each([
  ['a reset before the answer', { name: 'TimeoutError', code: 'ECONNRESET' }],
  ['a reset inside the body', { name: 'Error', code: 'ECONNRESET' }],
  ['a refused connection', { name: 'Error', code: 'ECONNREFUSED' }],
  ['a name that does not resolve', { name: 'Error', code: 'ENOTFOUND' }],
  ['a time-out of the SDK', { name: 'TimeoutError' }],
])('%s is NetworkFailure and may pass', (_name, error) => {
  const said = failure(error);
  expect([said.code, said.retryable]).toEqual(['NetworkFailure', true]);
});

test('our own time limit is NetworkFailure, whatever the abort looks like', () => {
  const said = failure({ name: 'AbortError' }, true);
  expect(said.code).toBe('NetworkFailure');
  expect(said.message).toContain('no answer in time');
});

test('what is thrown and is no error is still translated', () => {
  expect(handlerErrorFor('boom', call, { timedOut: false }).message).toContain('boom');
  expect(handlerErrorFor(undefined, call, { timedOut: false }).code).toBe('NetworkFailure');
});

test.each([
  ['User: arn:aws:sts::1:assumed-role/x is not authorized to perform: iam:PassRole on resource: y', 'iam:PassRole'],
  ['is not authorized to perform: iam:CreateServiceLinkedRole on resource', 'iam:CreateServiceLinkedRole'],
  ['no', 'ses:GetEmailIdentity'],
])('a denial names the action to allow: %s', (message, action) => {
  const denied = handlerErrorFor(Object.assign(new Error(message), { name: 'AccessDeniedException' }), call, {
    timedOut: false,
  });
  expect(denied.message).toContain(`allow ${action} in the execution role`);
});

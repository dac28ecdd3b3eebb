import { startInvocation, withPropertiesAsText } from '../../../src/cloudformation/request';
import { noStack, ownerOf } from '../../../src/domain/owners';

describe('an event passes through the library', () => {
  const properties = { constructor: { a: 1 }, UserPoolId: 'x' };
  const text = JSON.stringify(properties);

  test('with its properties as text, in the form of CloudFormation and of the contract tests', () => {
    const event = {
      action: 'CREATE',
      requestData: { resourceProperties: properties, previousResourceProperties: properties, logicalResourceId: 'A' },
      request: { desiredResourceState: properties, previousResourceState: properties },
    };
    expect(withPropertiesAsText(event)).toEqual({
      action: 'CREATE',
      requestData: { resourceProperties: text, previousResourceProperties: text, logicalResourceId: 'A' },
      request: { desiredResourceState: text, previousResourceState: text },
    });
  });

  test.each([null, undefined, 'text', 7, { requestData: null }, { request: { desiredResourceState: null } }])(
    'as it is where there are none: %j',
    (event) => expect(withPropertiesAsText(event)).toEqual(event),
  );
});

describe('an invocation', () => {
  const credentials = { accessKeyId: 'ASIA1', secretAccessKey: 'secret', sessionToken: 'session' };
  const request = {
    region: 'eu-west-1',
    awsAccountId: '111122223333',
    clientRequestToken: 'token',
    logicalResourceIdentifier: 'Mail',
    stackId: 'arn:stack',
  } as never;
  const start = (keys: object | undefined, asked: never = request) =>
    startInvocation(
      keys && ({ configuration: { credentials: keys } } as never),
      asked,
      { phase: 'x' },
      () => undefined,
    );

  test('has what the request says, and the resource that it is for', () => {
    expect(start(credentials)).toMatchObject({
      region: 'eu-west-1',
      account: '111122223333',
      credentials,
      requestToken: 'token',
      owner: ownerOf('arn:stack', 'Mail'),
      callbackContext: { phase: 'x' },
    });
  });

  test('belongs to no stack where none asks', () => {
    const { owner } = start(credentials, { ...(request as object), stackId: null } as never);
    expect(owner).toBe(noStack);
  });

  test('without a session token has none', () => {
    const { sessionToken: _none, ...keys } = credentials;
    expect(start(keys).credentials).toEqual(keys);
  });

  test.each([
    ['no session', undefined],
    ['no keys', {}],
    ['no secret', { accessKeyId: 'ASIA1' }],
  ])('with %s is InvalidCredentials', (_name, keys) =>
    expect(() => start(keys)).toThrow('The request came without credentials'),
  );
});

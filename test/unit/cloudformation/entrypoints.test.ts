import {
  Action,
  type LambdaContext,
  OperationStatus,
  ProgressEvent,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { payloadOf } from '../../../emulator/cloudformation/payload';
import type { JsonObject } from '../../../emulator/types';
import { entrypoints, type Handler } from '../../../src/cloudformation/entrypoints';
import { ResourceModel } from '../../../src/model';

/** The defects of CloudFormation's library that are mended, each seen through what it did. */
const credentials = { accessKeyId: 'ASIA1', secretAccessKey: 'secret-1', sessionToken: 'session-1' };
const caller = { invoke: async () => ({}), region: 'eu-west-1', account: '111122223333', credentials };
const context = { awsRequestId: '1', functionVersion: '1' } as LambdaContext;
const done = async () => new ProgressEvent({ status: OperationStatus.Success, resourceModels: [] }) as never;
const payload = (token = 'first-token', more: JsonObject = {}) => ({
  ...payloadOf(caller, { action: 'LIST' }, token),
  ...more,
});
const type = { typeName: ResourceModel.TYPE_NAME, Model: ResourceModel };
const listing = (handler: Handler<ResourceModel>) => entrypoints(type, { [Action.List]: handler });

let printed: string[];
beforeEach(() => {
  printed = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
});
afterEach(() => jest.restoreAllMocks());

test('nothing sleeps', async () => {
  const timers = jest.spyOn(globalThis, 'setTimeout');
  expect(await listing(done).entrypoint(payload(), context)).toMatchObject({ status: 'SUCCESS' });
  expect(timers.mock.calls.map(([, ms]) => ms)).toEqual([]);
});

test('a request without credentials does not get those of the one before', async () => {
  const { entrypoint } = listing(done);
  await entrypoint(payload(), context);
  const { callerCredentials: _none, ...requestData } = payload()['requestData'] as JsonObject;
  const answer = await entrypoint(payload('second-token', { requestData }), context);
  expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InvalidCredentials' });
});

test('what was secret in one request is not searched for in the next', async () => {
  const { entrypoint } = listing(async ({ log }) => {
    log('a word of first-token or second-token');
    return done();
  });
  await entrypoint(payload('first-token'), context);
  await entrypoint(payload('second-token'), context);
  const words = printed.map((line) => JSON.parse(line)['message']).filter((message) => message.startsWith('a word'));
  expect(words).toEqual(['a word of <secret> or second-token', 'a word of first-token or <secret>']);
});

test.each(['a string', undefined, { code: 'X' }])(
  'a handler that throws %p answers FAILED with a code',
  async (thrown) => {
    const answer = await listing(async () => {
      throw thrown;
    }).entrypoint(payload(), context);
    expect(answer).toMatchObject({ status: 'FAILED', errorCode: 'InternalFailure' });
    expect(answer['message']).toMatch(/defect of the resource type/);
  },
);

test('the token for the next page comes in', async () => {
  let token: unknown;
  const { entrypoint } = listing(async (_invocation, request) => {
    token = request.nextToken;
    return done();
  });
  await entrypoint(payload('first-token', { nextToken: 'page-2' }), context);
  expect(token).toBe('page-2');
});

test('what the library itself would log, whole requests and their credentials, is not printed', async () => {
  const request = { clientRequestToken: 'first-token', desiredResourceState: {}, region: 'eu-west-1' };
  const answer = await listing(done).testEntrypoint(
    { credentials, action: 'LIST', request, region: 'eu-west-1' },
    context,
  );
  expect(answer).toMatchObject({ status: 'SUCCESS' });
  await listing(done).entrypoint(payload(), context);
  await listing(done).entrypoint(payload('first-token', { awsAccountId: null }), context);
  expect(printed.map((line) => JSON.parse(line)['message'])).toEqual([
    'Done.',
    'Done.',
    expect.stringContaining('awsAccountId'),
  ]);
  for (const secret of [...Object.values(credentials), 'first-token']) expect(printed.join('')).not.toContain(secret);
});

test.each([null, undefined, 'text', [], {}])('an event that is %p is refused with a code', async (event) => {
  const answer = await listing(done).entrypoint(event, context);
  expect(answer).toMatchObject({
    status: 'FAILED',
    errorCode: expect.stringMatching(/^(InvalidRequest|InternalFailure)$/),
  });
});

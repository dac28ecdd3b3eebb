import { eventOf, openLog } from '../../../src/cloudformation/log';
import { shortHash } from '../../../src/domain/owners';

const now = Date.UTC(2026, 10, 24, 10, 0, 7);
let printed: string[];
beforeEach(() => {
  printed = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  jest.spyOn(Date, 'now').mockReturnValue(now);
});
afterEach(() => jest.restoreAllMocks());

/** The one line that was kept, parsed. */
function kept(log: ReturnType<typeof openLog>) {
  expect(log.lines).toHaveLength(1);
  return JSON.parse(log.lines[0]?.message ?? '');
}

const event = {
  action: 'CREATE',
  bearerToken: 'the-token',
  requestData: {
    logicalResourceId: 'Setup',
    callerCredentials: { accessKeyId: 'ASIA-caller', secretAccessKey: 'caller-secret', sessionToken: 'caller-session' },
    providerCredentials: { accessKeyId: 'ASIA-provider', secretAccessKey: 'provider-secret', sessionToken: '' },
    resourceProperties: { Identity: 'joann@example.com' },
    previousResourceProperties: { Identity: 'old@example.com' },
  },
};

test('a line is printed at once and kept, with the resource and the request by its hash', () => {
  const log = openLog(event);
  log.write('error', 'no', { status: 'FAILED' });
  expect(kept(log)).toEqual({
    level: 'error',
    time: '2026-11-24T10:00:07.000Z',
    action: 'CREATE',
    logicalResourceId: 'Setup',
    request: shortHash('the-token'),
    status: 'FAILED',
    message: 'no',
  });
  expect(log.lines[0]?.timestamp).toBe(now);
  expect(printed).toEqual([`${log.lines[0]?.message}\n`]);
});

test('metrics are kept and not printed', () => {
  const log = openLog(event);
  log.measure({ HandlerInvocationCount: 1 });
  expect(kept(log)).toMatchObject({ level: 'info', HandlerInvocationCount: 1 });
  expect(printed).toEqual([]);
});

test("the library's logger writes warnings, whatever it is given, and takes no filters", () => {
  const log = openLog(event);
  log.logger.addFilter({ applyFilter: (text) => `filtered ${text}` });
  log.logger.log(undefined);
  expect(kept(log)).toMatchObject({ level: 'warn', message: 'undefined' });
});

test.each(['the-token', 'ASIA-caller', 'caller-secret', 'caller-session', 'ASIA-provider', 'provider-secret'])(
  'no message shows %s',
  (secret) => {
    const log = openLog(event);
    log.write('info', `AWS said ${secret}.`);
    expect(kept(log)['message']).toBe('AWS said <secret>.');
  },
);

test('addresses of the declaration, the one before included, are shown, and no others', () => {
  const log = openLog(event);
  log.write('info', 'joann@example.com, old@example.com, ceo@private.example');
  expect(kept(log)['message']).toBe('joann@example.com, old@example.com, <address>');
});

describe('a request of the contract tests', () => {
  const credentials = { accessKeyId: 'ASIA-test', secretAccessKey: 'test-secret' };
  const request = {
    clientRequestToken: 'test-token',
    logicalResourceIdentifier: 'Tested',
    desiredResourceState: { Identity: 'joann@example.com' },
  };

  test('is named, and redacted, like any other', () => {
    const log = openLog({ action: 'READ', credentials, request });
    log.write('info', 'test-token, ASIA-test, test-secret, joann@example.com, ceo@private.example');
    expect(kept(log)).toMatchObject({
      action: 'READ',
      logicalResourceId: 'Tested',
      request: shortHash('test-token'),
      message: '<secret>, <secret>, <secret>, joann@example.com, <address>',
    });
  });
});

test('an event that says nothing has a log all the same', () => {
  const log = openLog({});
  log.write('info', 'ceo@private.example');
  expect(kept(log)).toEqual({ level: 'info', time: '2026-11-24T10:00:07.000Z', message: '<address>' });
});

test.each([null, undefined, 'a text', 7, [event]])('an event that is %p is an empty one', (value) => {
  expect(eventOf(value)).toEqual({});
});

test('an event that is an object stays as it is', () => expect(eventOf(event)).toBe(event));

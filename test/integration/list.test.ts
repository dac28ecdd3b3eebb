import type { Fault } from '../../emulator/types';
import { expectFailure, startTestHarness, type TestHarness } from '../support/harness';

const region = 'eu-west-1';
let harness: TestHarness;
let ids: readonly string[];
beforeEach(async () => {
  harness = await startTestHarness();
  harness.regionState(region).ses.addIdentity('example.com');
  ids = [0, 1, 2].map(() => harness.regionState(region).cognito.addPool());
  for (const UserPoolId of ids) {
    const properties = { UserPoolId, EmailSendingAccount: 'DEVELOPER', Identity: 'example.com', From: 'a@example.com' };
    await harness.succeed(region, { action: 'CREATE', properties });
  }
});
afterEach(() => harness.close());

const refusal = (name: string, status = 400): Fault => ({ kind: 'error', status, name, message: 'not authorized' });
const faultAt = (fault: Fault, injected: readonly string[] = ids) => {
  harness.aws.intercept = ({ operation, input }) =>
    operation === 'DescribeUserPool' && injected.includes(String(input['UserPoolId'])) ? fault : undefined;
};
const listed = async () =>
  (await harness.succeed(region, { action: 'LIST' })).resourceModels?.map((model) => model['UserPoolId']);
const warnings = () =>
  harness.handler.printed
    .join('')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter(({ level }) => level === 'warn');

test('a pool that the role may not describe is left out, and logged', async () => {
  faultAt(refusal('AccessDeniedException'), ids.slice(1, 2));
  expect(await listed()).toEqual([ids[0], ids[2]]);
  const said = warnings().map(({ message }) => message);
  expect(said).toEqual([expect.stringMatching(`^Left out: ${ids[1]}\\. cognito-idp:DescribeUserPool .* was denied`)]);
});

test('a page of such pools is empty: the others may be on the next one', async () => {
  faultAt(refusal('AccessDeniedException'));
  expect(await listed()).toEqual([]);
  const [{ message }, ...more] = warnings();
  for (const id of ids) expect(message).toContain(id);
  expect(more).toEqual([]);
});

test('a pool that is deleted between the page and its description is left out, and not logged', async () => {
  faultAt(refusal('ResourceNotFoundException'), ids.slice(0, 1));
  expect(await listed()).toEqual(ids.slice(1));
  expect(warnings()).toEqual([]);
});

test.each([
  ['Cognito’s own refusal', refusal('NotAuthorizedException'), 'AccessDenied'],
  ['a proxy', refusal('Forbidden', 403), 'AccessDenied'],
  ['bad credentials', refusal('UnrecognizedClientException'), 'InvalidCredentials'],
  ['a throttle', refusal('TooManyRequestsException'), 'Throttling'],
])('any other failure fails the whole: %s', async (_what, fault, code) => {
  faultAt(fault, ids.slice(1, 2));
  await expectFailure(harness, region, { action: 'LIST' }, code);
});

test('a role that may not list says so', async () => {
  harness.aws.intercept = ({ operation }) =>
    operation === 'ListUserPools' ? refusal('AccessDeniedException') : undefined;
  expect(await expectFailure(harness, region, { action: 'LIST' }, 'AccessDenied')).toContain(
    'cognito-idp:ListUserPools',
  );
});

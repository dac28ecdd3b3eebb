import { type Operation, payloadOf, stackIdOf } from '../../emulator/cloudformation/drive';
import { created, replaced } from '../../emulator/cloudformation/stacks';

const caller = {
  invoke: () => Promise.reject(new Error('nothing is invoked')),
  region: 'eu-west-1',
  account: '111122223333',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' },
};
const owner = (logicalResourceId: string) => ({
  stackId: stackIdOf(caller, 'sign-in', '0a1b2c3d-5f5b-11ef-9d3c-0a1b2c3d4e5f'),
  logicalResourceId,
});

describe('a request', () => {
  const payload = (more: Partial<Operation>) => payloadOf(caller, { action: 'READ', ...more }, 'token') as Json;
  type Json = { readonly stackId?: string; readonly requestData: { readonly logicalResourceId?: string } };

  test('names the stack, whose id ends in a UUID, and the logical id', () => {
    for (const { stackId, requestData } of [payload({}), payload({ owner: owner('Mail') })]) {
      expect(stackId).toMatch(/^arn:aws:cloudformation:eu-west-1:111122223333:stack\/[\w-]+\/[0-9a-f-]{36}$/);
      expect(requestData.logicalResourceId).toBeDefined();
    }
    expect(payload({ owner: owner('Mail') })).toMatchObject({ requestData: { logicalResourceId: 'Mail' } });
  });

  test('of Cloud Control names neither', () => {
    const { stackId, requestData } = payload({ owner: 'Cloud Control' });
    expect([stackId, requestData.logicalResourceId]).toEqual([undefined, undefined]);
  });
});

/** A handler that answers as told, and what it was asked, in order. */
function played(answers: Partial<Record<string, readonly object[]>>) {
  const asked: string[] = [];
  const run = ({ action, owner: who, properties }: Operation) => {
    const name = who === undefined || who === 'Cloud Control' ? '' : who.logicalResourceId;
    asked.push(`${action} ${name} ${properties?.['UserPoolId']}`);
    return Promise.resolve((answers[`${action} ${name}`] ?? [{ status: 'SUCCESS' }]) as never);
  };
  return { asked, run };
}

const old = { owner: owner('Old'), properties: { UserPoolId: 'old' } };
const next = { owner: owner('New'), properties: { UserPoolId: 'new' } };
const failed = { status: 'FAILED' };
const inProgress = { status: 'IN_PROGRESS', resourceModel: { UserPoolId: 'named' } };

test.each([
  ['that names nothing is not deleted', [failed], ['CREATE New new']],
  ['that was in progress is deleted', [inProgress, failed], ['CREATE New new', 'DELETE New named']],
  ['that names the resource is deleted', [{ ...inProgress, ...failed }], ['CREATE New new', 'DELETE New named']],
  ['that succeeds stays', [inProgress, { status: 'SUCCESS' }], ['CREATE New new']],
])('a Create %s', async (_name, answers, calls) => {
  const { asked, run } = played({ 'CREATE New': answers });
  const { create, rollback } = await created(run, next);
  expect(asked).toEqual(calls);
  expect(create).toBe(answers.slice(-1)[0]);
  expect(rollback === undefined).toBe(calls.length === 1);
});

test.each([
  ['the old one is deleted after it', false, [{ status: 'SUCCESS' }], ['CREATE New new', 'DELETE Old old']],
  ['rolled back, the new one is deleted', true, [{ status: 'SUCCESS' }], ['CREATE New new', 'DELETE New new']],
  ['a failed Create leaves the old one', false, [failed], ['CREATE New new']],
])('the new resource is created first: %s', async (_name, rollsBack, answers, calls) => {
  const { asked, run } = played({ 'CREATE New': answers });
  await replaced(run, old, next, { rollsBack });
  expect(asked).toEqual(calls);
});

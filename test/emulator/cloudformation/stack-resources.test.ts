import { createWithRollback, replaceResource } from '../../../emulator/cloudformation/stack-resources';
import type { Operation } from '../../../emulator/cloudformation/types';

const owner = (logicalResourceId: string) => ({
  stackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/sign-in/0a1b2c3d-5f5b-11ef-9d3c-0a1b2c3d4e5f',
  logicalResourceId,
});

/** A handler that returns these progress events, and the operations that it was invoked for, in order. */
function handlerReturning(events: Partial<Record<string, readonly object[]>>) {
  const operations: string[] = [];
  const run = ({ action, owner, properties }: Operation) => {
    const name = owner === undefined || owner === 'Cloud Control' ? '' : owner.logicalResourceId;
    operations.push(`${action} ${name} ${properties?.['UserPoolId']}`);
    return Promise.resolve((events[`${action} ${name}`] ?? [{ status: 'SUCCESS' }]) as never);
  };
  return { operations, run };
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
  const { operations, run } = handlerReturning({ 'CREATE New': answers });
  const { create, rollback } = await createWithRollback(run, next);
  expect(operations).toEqual(calls);
  expect(create).toBe(answers.slice(-1)[0]);
  expect(rollback === undefined).toBe(calls.length === 1);
});

test.each([
  ['the old one is deleted after it', false, [{ status: 'SUCCESS' }], ['CREATE New new', 'DELETE Old old']],
  ['rolled back, the new one is deleted', true, [{ status: 'SUCCESS' }], ['CREATE New new', 'DELETE New new']],
  ['a failed Create leaves the old one', false, [failed], ['CREATE New new']],
])('the new resource is created first: %s', async (_name, rollsBack, answers, calls) => {
  const { operations, run } = handlerReturning({ 'CREATE New': answers });
  await replaceResource(run, old, next, { rollsBack });
  expect(operations).toEqual(calls);
});

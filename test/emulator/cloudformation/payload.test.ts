import { stackIdOf } from '../../../emulator/cloudformation/example-stack';
import { payloadOf } from '../../../emulator/cloudformation/payload';
import type { Operation } from '../../../emulator/cloudformation/types';

const caller = {
  invoke: () => Promise.reject(new Error('no handler here')),
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

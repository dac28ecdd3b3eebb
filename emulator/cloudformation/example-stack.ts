import { partitionOf } from '../regions';
import type { Caller, StackResource } from './types';

/** A stack's id. It ends in a UUID: a stack that is created again under the same name has another id. */
export function stackIdOf({ region, account }: Pick<Caller, 'region' | 'account'>, name: string, uuid: string): string {
  return `arn:${partitionOf(region)}:cloudformation:${region}:${account}:stack/${name}/${uuid}`;
}

/** The stack resource that a request is for where its operation names none. */
export const exampleResource = (caller: Pick<Caller, 'region' | 'account'>): StackResource => ({
  stackId: stackIdOf(caller, 'example', '7d0c3c70-5f5b-11ef-9d3c-0a1b2c3d4e5f'),
  logicalResourceId: 'EmailSetup',
});

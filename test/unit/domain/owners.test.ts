import { noStack, ownerOf } from '../../../src/domain/owners';

test('an owner is a stack and a logical id together, or no stack', () => {
  const stack = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/a/1';
  const owners = [ownerOf(stack, 'A'), ownerOf(stack, 'B'), ownerOf(`${stack}2`, 'A'), ownerOf(stack, undefined)];
  expect(new Set(owners).size).toBe(4);
  expect(ownerOf(stack, 'A')).toBe(owners[0]);
  expect([ownerOf(undefined, 'A'), ownerOf('', 'A')]).toEqual([noStack, noStack]);
});

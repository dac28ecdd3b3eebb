import { poolAbsent, setupNotFound } from '../../../../src/domain/plan/not-found';

const pool = { id: 'eu-west-1_A', region: 'eu-west-1' };

test('a setup that is not there is NotFound, and says how to go on', () => {
  expect(setupNotFound(pool)).toMatchObject({
    code: 'NotFound',
    message:
      'User pool eu-west-1_A in eu-west-1 has no e-mail setup of this type: to go on, skip the resource in the rollback if one is stuck, take it from the template, and add it again.',
  });
});

test('a Create of a pool that is not there is invalid: CloudFormation expects no NotFound of a Create', () => {
  expect(poolAbsent('create', pool)).toMatchObject({
    code: 'InvalidRequest',
    message:
      "User pool eu-west-1_A does not exist in this account and Region: write the id of one that does, in the stack's own Region.",
  });
});

test.each(['read', 'update', 'delete'] as const)(
  'to %s a setup of a pool that is not there is NotFound',
  (operation) => {
    expect(poolAbsent(operation, pool)).toMatchObject({
      code: 'NotFound',
      message:
        'User pool eu-west-1_A does not exist in this account and Region, or no longer: take the setup out of the template.',
    });
  },
);

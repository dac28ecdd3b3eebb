import { identityAt } from '../../../../src/domain/plan/observed';
import { pending, verified } from '../../../support/observed';

const seen = [
  { region: 'eu-west-1', identity: 'a.example', observed: verified() },
  { region: 'eu-west-2', identity: 'a.example', observed: pending },
  { region: 'eu-west-2', identity: 'b.example', observed: { kind: 'absent' } as const },
];

test('an identity is looked up by its Region and its name', () => {
  const observed = seen.map(({ region, identity }) => identityAt(seen, { region, identity }));
  expect(observed).toEqual([verified(), pending, { kind: 'absent' }]);
});

test.each([
  ['eu-west-1', 'b.example'],
  ['eu-west-3', 'a.example'],
])('nobody looked in %s for %s', (region, identity) => expect(identityAt(seen, { region, identity })).toBeUndefined());

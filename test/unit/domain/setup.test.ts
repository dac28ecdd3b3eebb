import fc from 'fast-check';
import { isEmpty, type Plan, planBetween, type Setup } from '../../../src/domain/setup';

const places = ['eu-west-1', 'us-east-1'].flatMap((region) =>
  ['a.example', 'b.example'].map((identity) => ({ region, identity })),
);
const policy = fc.constantFrom(undefined, '{"Statement":[{"Sid":"1"}]}', '{"Statement":[{"Effect":"Allow"}]}');
const setups: fc.Arbitrary<Setup> = fc.record({
  emailConfiguration: fc.constantFrom({ SourceArn: 'a' }, { SourceArn: 'b' }, {}),
  tag: fc.constantFrom(undefined, 'v2 a', 'v2 b'),
  holdings: fc
    .tuple(...places.map((place) => policy.map((held) => ({ ...place, policy: held }))))
    .chain((all) => fc.subarray(all)),
});

/** Carries a plan out on a setup held in memory. */
function carriedOut(current: Setup, target: Setup, plan: Plan): Setup {
  const at = (list: readonly { region: string; identity: string }[], place: { region: string; identity: string }) =>
    list.find((one) => one.region === place.region && one.identity === place.identity);
  const holdings = places.map((place) => {
    const held = at(current.holdings, place) as Setup['holdings'][number] | undefined;
    const granted = at(plan.grants, place) as Plan['grants'][number] | undefined;
    return {
      ...place,
      policy: at(plan.revokes, place) ? undefined : (granted?.policy ?? held?.policy),
    };
  });
  if (plan.pool === 'update') return { ...target, holdings };
  return { ...current, holdings, tag: plan.pool === 'tag' ? target.tag : current.tag };
}

test('a plan leads to its target, and from there nothing is left to do', () => {
  fc.assert(
    fc.property(setups, setups, (current, target) => {
      const after = carriedOut(current, target, planBetween(current, target));
      expect(isEmpty(planBetween(after, target))).toBe(true);
    }),
  );
});

test('a plan undone leads back', () => {
  fc.assert(
    fc.property(setups, setups, (current, target) => {
      const after = carriedOut(current, target, planBetween(current, target));
      const back = carriedOut(after, current, planBetween(after, current));
      expect(isEmpty(planBetween(back, current))).toBe(true);
    }),
  );
});

test('a policy of the same meaning is left alone, another one is replaced', () => {
  const place = { region: 'eu-west-1', identity: 'a.example' };
  const setup = (text: string): Setup => ({
    emailConfiguration: {},
    tag: 'v2 a',
    holdings: [{ ...place, policy: text }],
  });
  expect(
    isEmpty(planBetween(setup('{"Statement":[{"Action":"ses:x"}]}'), setup('{"Statement":{"Action":["SES:X"]}}'))),
  ).toBe(true);
  const { grants, revokes } = planBetween(setup('{"Statement":[]}'), setup('{"Statement":[{"Effect":"Deny"}]}'));
  expect(grants).toMatchObject([{ replaces: true }]);
  expect(revokes).toEqual([]);
});

import type { Declaration } from '../../../../src/domain/declaration/declaration';
import { emailConfigurationOf, policiesOf } from '../../../../src/domain/plan/desired';
import type { ObservedIdentity } from '../../../../src/domain/plan/observed';
import { preflightProblems } from '../../../../src/domain/plan/preflight';
import { codeOf, type Problem, renderProblems } from '../../../../src/domain/plan/problems';
import { observedFor, pending, poolIn, verified } from '../../../support/observed';

const pool = poolIn('eu-west-1');
const byDefault = { emailSendingAccount: 'COGNITO_DEFAULT' } as const;

/** The message about an identity, with the domains that could be declared instead. */
function rendered(more: Partial<Declaration>, identity: ObservedIdentity, alternatives?: readonly string[]): string {
  const declared: Declaration = { userPoolId: pool.ref.id, emailSendingAccount: 'DEVELOPER', ...more };
  const problems = preflightProblems({
    declared,
    observed: observedFor(declared, pool, identity),
    pool,
    emailConfiguration: emailConfigurationOf(declared, pool.ref),
    policies: policiesOf(declared, pool.ref),
    allowIfInUse: false,
  });
  return renderProblems(problems, declared, alternatives);
}

describe('another identity is verified', () => {
  test.each<[string, Partial<Declaration>, string]>([
    ['a domain for a domain', { identity: 'x.example.com' }, ''],
    ['a domain for an address', { identity: 'a@example.com' }, ' and From: a@example.com'],
    ['a domain for an address with its own From', { identity: 'a@example.com', from: 'A <a@example.com>' }, ''],
    [
      'to the default sender',
      { ...byDefault, identity: 'x.example.com' },
      ', best with EmailSendingAccount: DEVELOPER',
    ],
    [
      'to the default sender with an address',
      { ...byDefault, identity: 'a@example.com' },
      ' and From: a@example.com, best with EmailSendingAccount: DEVELOPER',
    ],
  ])('%s is offered the first of them', (_name, declared, rest) => {
    const offer = `; or use example.com, which is verified there: Identity: example.com${rest}.`;
    for (const identity of [pending, { kind: 'absent' } as const]) {
      const message = rendered(declared, identity, ['example.com', 'com']);
      expect(message.slice(-offer.length)).toBe(offer);
    }
  });
  test('it is not said where the declared one is in order', () => {
    expect(rendered({ identity: 'example.com' }, verified(), ['example.org'])).toBe('');
  });
  test.each([undefined, []])('it is not said where %j are known', (alternatives) => {
    const message = rendered({ identity: 'example.com' }, { kind: 'absent' }, alternatives);
    expect(message).toMatch(/, add DependsOn\.$/);
  });
});

const [plain, offering]: readonly [Problem, Problem] = [
  { code: 'InvalidRequest', message: 'SES of x is paused: resume it.' },
  { code: 'InvalidRequest', message: 'Identity a.example is missing: make it.', alternativesHelp: true },
];
const declared: Declaration = { userPoolId: 'p', emailSendingAccount: 'DEVELOPER', identity: 'x.$&.example' };

test('problems are rendered in one line, with alternatives where they help', () => {
  expect(renderProblems([offering, plain, offering], declared, ['$&.example'])).toBe(
    'Identity a.example is missing: make it; or use $&.example, which is verified there: Identity: $&.example. SES of x is paused: resume it. Identity a.example is missing: make it; or use $&.example, which is verified there: Identity: $&.example.',
  );
});

test('without an identity there is nothing to declare another one for', () => {
  const { identity: _none, ...without } = declared;
  expect(renderProblems([offering], without, ['a.example'])).toBe(offering.message);
});

test.each<[readonly Problem['code'][], Problem['code']]>([
  [['ServiceLimitExceeded'], 'ServiceLimitExceeded'],
  [['ServiceLimitExceeded', 'ServiceLimitExceeded'], 'ServiceLimitExceeded'],
  [['ServiceLimitExceeded', 'InvalidRequest'], 'InvalidRequest'],
  [['NotFound'], 'NotFound'],
  [[], 'InvalidRequest'],
])('the code of %j is %s', (codes, code) => {
  expect(codeOf(codes.map((one) => ({ code: one, message: '' })))).toBe(code);
});

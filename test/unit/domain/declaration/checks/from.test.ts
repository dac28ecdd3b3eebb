import {
  fromBareAddress,
  fromCovered,
  fromMailbox,
  fromPresence,
} from '../../../../../src/domain/declaration/checks/from';
import type { Declaration } from '../../../../../src/domain/declaration/declaration';

const developer: Declaration = { userPoolId: 'p', emailSendingAccount: 'DEVELOPER' };
const byDefault: Declaration = { userPoolId: 'p', emailSendingAccount: 'COGNITO_DEFAULT' };
const [create, update] = (['create', 'update'] as const).map((operation) => ({ poolRegion: 'eu-west-1', operation }));
if (!create || !update) throw new Error('There are two operations.');

/** What the checks of a declared From say: at most one of them says anything. */
function fromProblem(declared: Declaration, context: typeof create): string | undefined {
  const checks = [fromMailbox, fromCovered, fromBareAddress];
  const [problem, ...others] = checks.flatMap(({ check }) => (context ? (check(declared, context) ?? []) : []));
  expect(others).toEqual([]);
  return problem;
}

test.each<[string, Declaration, string]>([
  [
    'From without Identity',
    { ...byDefault, from: 'a@example.com' },
    'From is declared without Identity: write the SES identity that may send it, or take From out for no-reply@verificationemail.com.',
  ],
  [
    'a domain without From',
    { ...developer, identity: 'example.com' },
    'From is missing: the identity example.com is a domain, so write the address to send from, such as no-reply@example.com.',
  ],
  [
    'From with an address and the default sender',
    { ...byDefault, identity: 'a@example.com', from: 'a@example.com' },
    'From does not go with COGNITO_DEFAULT and an address identity: take it out, mail comes from a@example.com.',
  ],
])('%s does not go', (_name, declared, problem) => {
  expect(fromPresence.check(declared, create)).toBe(problem);
  expect(fromPresence.check(declared, update)).toBe(problem);
});

test.each<[string, Declaration]>([
  ['neither', byDefault],
  ['a domain with From', { ...byDefault, identity: 'example.com', from: 'a@example.com' }],
  ['an address alone', { ...byDefault, identity: 'a@example.com' }],
  ['an address with From as DEVELOPER', { ...developer, identity: 'a@example.com', from: 'A <a@example.com>' }],
  ['a domain that has another problem', { ...developer, identity: 'example.com.' }],
])('%s goes', (_name, declared) => expect(fromPresence.check(declared, create)).toBeUndefined());

test.each<[string, Declaration, string]>([
  ['no address', { ...developer, from: 'Acme' }, 'From is not an address: write '],
  [
    'one that a domain does not cover',
    { ...developer, identity: 'example.com', from: 'A <a@example.org>' },
    'From sends as a@example.org, which the identity example.com does not cover: write an address in example.com or a subdomain of it, or name another Identity.',
  ],
  [
    'one that an address does not cover',
    { ...developer, identity: 'a@example.com', from: 'b@example.com' },
    'From sends as b@example.com, which the identity a@example.com does not cover: write a@example.com, or name another Identity.',
  ],
])('From is not to be %s', (_name, declared, problem) => {
  expect(fromProblem(declared, create)?.slice(0, problem.length)).toBe(problem);
  expect(fromProblem(declared, update)?.slice(0, problem.length)).toBe(problem);
});

test.each<[string, Declaration]>([
  ['nothing', developer],
  ['an address', { ...developer, from: 'a@example.com' }],
  ['a name', { ...developer, identity: 'example.com', from: 'A <a@mail.example.com>' }],
  [
    'one that an identity with a problem of its own would not cover',
    { ...developer, identity: 'x.', from: 'a@b.example' },
  ],
  ['an address with the default sender', { ...byDefault, identity: 'example.com', from: 'a@example.com' }],
])('From may be %s', (_name, declared) => expect(fromProblem(declared, create)).toBeUndefined());

test.each([
  ['A <a@example.com>', 'has a display name'],
  ['<a@example.com>', 'is more than an address'],
])('the default sender takes %s in an Update only: it %s', (from, more) => {
  const declared = { ...byDefault, identity: 'example.com', from };
  expect(fromProblem(declared, create)).toBe(
    `From ${more}, which COGNITO_DEFAULT does not send: write a@example.com alone, or send as DEVELOPER.`,
  );
  expect(fromProblem(declared, update)).toBeUndefined();
});

import { CfnParameter, Lazy, Token } from 'aws-cdk-lib';
import fc from 'fast-check';
import { declarationProblems } from '../../src/domain/declaration/parse';
import { type Construct, packedConstruct, setupIn, setupOf, synthesise } from '../support/construct';

let EmailSetup: Construct;
beforeAll(() => {
  EmailSetup = packedConstruct();
}, 120_000);

const poolId = 'eu-west-1_AbCdEf123';

/** What synthesis says of a declaration; a stack without a Region may go anywhere. */
function problemsOf(props: object, region?: string, id = poolId): readonly string[] {
  return setupOf(EmailSetup, id, props, region).email.node.validate();
}

const reference = { Ref: 'Parameter' };
const text = Token.asString(reference);

test('a declaration of nothing but tokens is left to the deployment', () => {
  const props = {
    emailSendingAccount: text,
    identity: text,
    sesRegion: text,
    from: text,
    replyToEmailAddress: text,
    configurationSet: text,
    allowSandbox: Token.asAny(reference),
    verificationTimeoutMinutes: Token.asNumber(reference),
    takeOver: Token.asAny(reference),
    revision: Lazy.string({ produce: () => 'x' }),
  };
  expect(problemsOf(props, undefined, text)).toEqual([]);
  const { stack } = setupOf(EmailSetup, text, props);
  new CfnParameter(stack, 'Parameter');
  expect(setupIn(synthesise(stack))['Properties']).toEqual({
    UserPoolId: reference,
    EmailSendingAccount: reference,
    Identity: reference,
    SesRegion: reference,
    From: reference,
    ReplyToEmailAddress: reference,
    ConfigurationSet: reference,
    AllowSandbox: reference,
    VerificationTimeoutMinutes: reference,
    TakeOver: reference,
    Revision: 'x',
  });
});

const developer = { emailSendingAccount: 'DEVELOPER', identity: 'example.com', from: 'a@example.com' };

test.each<[string, object, string | undefined, RegExp | undefined]>([
  [
    'Region rules, where the stack has a Region',
    { sesRegion: 'ap-east-1' },
    'eu-west-1',
    /^SesRegion ap-east-1 cannot/,
  ],
  ['no Region rules, where it has none', { sesRegion: 'ap-east-1' }, undefined, undefined],
  ['the form of From, where the identity is a token', { identity: text, from: 'A, B <a@b.org>' }, undefined, /^From /],
  ['not whether a token covers From', { identity: text, from: 'a@example.net' }, undefined, undefined],
  ['whether the identity covers From', { from: 'a@example.net' }, undefined, /does not cover/],
  ['not a From with a token inside', { from: `${text} <x` }, undefined, undefined],
  ['not that a token is missing', { identity: text, from: undefined }, undefined, undefined],
  ['the form of a ConfigurationSet', { configurationSet: 'a b' }, undefined, /^ConfigurationSet "a b"/],
])('judges %s', (_name, props, region, says) => {
  const problems = problemsOf({ ...developer, ...props }, region);
  if (says === undefined) expect(problems).toEqual([]);
  else expect(problems).toEqual([expect.stringMatching(says)]);
});

const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  userPoolId: fc.constantFrom(poolId, 'pool'),
  emailSendingAccount: fc.constantFrom('DEVELOPER', 'COGNITO_DEFAULT', 'SES', undefined),
  identity: fc.constantFrom('example.com', 'a@example.com', 'Example.com', 'arn:aws:ses', 5, undefined),
  sesRegion: fc.constantFrom('eu-west-1', 'eu-central-1', 'moon', undefined),
  from: fc.constantFrom('a@example.com', 'A <a@example.com>', 'A, B <a@example.com>', 'a@b.org', false, undefined),
  replyToEmailAddress: fc.constantFrom('help@example.com', 'Help <help@example.com>', undefined),
  configurationSet: fc.constantFrom('mail', 'a b', undefined),
  allowSandbox: fc.constantFrom(true, 'yes', undefined),
  verificationTimeoutMinutes: fc.constantFrom(0, 721, '5', undefined),
  takeOver: fc.constantFrom(false, 1, undefined),
  revision: fc.constantFrom('1', 'x'.repeat(129), undefined),
};
const regions = fc.constantFrom('eu-west-1', 'eu-west-3', 'me-central-1', 'ap-east-2');

test('says all that the type says of known values, and of tokens nothing that it may not say', () => {
  const hidden = fc.subarray([...Object.keys(values), 'region']);
  fc.assert(
    fc.property(fc.record(values), regions, hidden, (declared, poolRegion, tokens) => {
      const all = declarationProblems({ raw: declared, unknown: [] }, { poolRegion, operation: 'create' });
      const { userPoolId, ...props } = Object.fromEntries(
        Object.entries(declared).map(([name, value]) => [name, tokens.includes(name) ? text : value]),
      );
      const known = problemsOf(props, tokens.includes('region') ? undefined : poolRegion, String(userPoolId));
      if (tokens.length === 0) expect(known).toEqual(all);
      expect(all).toEqual(expect.arrayContaining([...known]));
    }),
    { numRuns: 200 },
  );
});

import fc from 'fast-check';
import { allows } from '../../../../emulator/ses/policy-evaluation';
import { denialsOf, denies, type Sending } from '../../../../src/domain/plan/deny';

const account = '111122223333';
const pool = `arn:aws:cognito-idp:eu-west-1:${account}:userpool/eu-west-1_A`;
const identity = `arn:aws:ses:eu-west-1:${account}:identity/example.com`;
const service = 'email.cognito-idp.amazonaws.com';
const roleName = 'AWSServiceRoleForAmazonCognitoIdpEmailService';
const role = `arn:aws:iam::${account}:role/aws-service-role/email.cognito-idp.amazonaws.com/${roleName}`;
const from = ['ses:fromaddress', 'no-reply@example.com'] as const;

const asService: Sending = {
  sender: { service },
  action: 'ses:SendEmail',
  resource: identity,
  context: new Map([['aws:sourceaccount', account], ['aws:sourcearn', pool], from]),
};
const asRole: Sending = {
  ...asService,
  sender: { role, account, root: `arn:aws:iam::${account}:root` },
  context: new Map([['aws:sourceaccount', undefined], ['aws:sourcearn', undefined], from]),
};

const statement = { Effect: 'Deny', Principal: '*', Action: 'ses:Send*', Resource: identity };
const policy = (...changes: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: changes.map((change) => ({ ...statement, ...change })) });
const when = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } });
const instead = (element: string, value: unknown) => ({ [element]: undefined, [`Not${element}`]: value });

/** The change of the statement, and what is said of the service principal and of the role. */
type Row = readonly [string, object, string, string];

test.each<Row>([
  ['everybody', {}, 'yes', 'yes'],
  ['everybody, as every AWS principal', { Principal: { AWS: '*' } }, 'yes', 'yes'],
  ['the service', { Principal: { Service: service } }, 'yes', 'no'],
  ['the service among others', { Principal: { Service: ['x.amazonaws.com', service] } }, 'yes', 'no'],
  ['another service', { Principal: { Service: 'cognito-idp.amazonaws.com' } }, 'no', 'no'],
  ['the account', { Principal: { AWS: account } }, 'no', 'yes'],
  ["the account's root", { Principal: { AWS: `arn:aws:iam::${account}:root` } }, 'no', 'yes'],
  ['another account', { Principal: { AWS: ['999999999999', 'arn:aws:iam::999999999999:root'] } }, 'no', 'no'],
  ['the role', { Principal: { AWS: [role] } }, 'no', 'yes'],
  ['another role', { Principal: { AWS: `arn:aws:iam::${account}:role/x` } }, 'no', 'no'],
  [
    'a session of the role',
    { Principal: { AWS: `arn:aws:sts::${account}:assumed-role/${roleName}/one` } },
    'no',
    'unknown',
  ],
  ['a session of another role', { Principal: { AWS: `arn:aws:sts::${account}:assumed-role/x/one` } }, 'no', 'no'],
  ['service and role', { Principal: { AWS: role, Service: service } }, 'yes', 'yes'],
  ['a federated principal', { Principal: { Federated: 'x' } }, 'unknown', 'unknown'],
  ['every service', { Principal: { Service: '*' } }, 'unknown', 'unknown'],
  ['no principal', { Principal: undefined }, 'unknown', 'unknown'],
  ['a list of principals', { Principal: ['*'] }, 'unknown', 'unknown'],
  ['all but the service', instead('Principal', { Service: service }), 'no', 'yes'],
  ['all but another service', instead('Principal', { Service: 'ses.amazonaws.com' }), 'yes', 'yes'],
  ['all but the account', instead('Principal', { AWS: account }), 'yes', 'unknown'],
  ['all but the account and the role', instead('Principal', { AWS: [account, role] }), 'yes', 'no'],
  ['all but the role', instead('Principal', { AWS: role }), 'yes', 'no'],
  ['all but everybody', instead('Principal', '*'), 'no', 'no'],
  ['both Principal and NotPrincipal', { NotPrincipal: { AWS: account } }, 'unknown', 'unknown'],
])('principals: %s', (_name, change, byService, byRole) => {
  expect([denies(policy(change), asService), denies(policy(change), asRole)]).toEqual([byService, byRole]);
});

test.each<readonly [string, object, string]>([
  ['one action of the two', { Action: ['ses:SendEmail'] }, 'yes'],
  ['in any case', { Action: 'SES:sendEMAIL' }, 'yes'],
  ['a wildcard within', { Action: 's*:S?ndEmail' }, 'yes'],
  ['everything', { Action: '*' }, 'yes'],
  ['another action', { Action: ['ses:SendRawEmail', 'ses:SendTemplatedEmail'] }, 'no'],
  ['all but this one', instead('Action', 'ses:sendemail'), 'no'],
  ['all but another', instead('Action', ['ses:SendRawEmail']), 'yes'],
  ['no action', { Action: undefined }, 'unknown'],
  ['an empty list', { Action: [] }, 'unknown'],
  ['all but an empty list', instead('Action', []), 'unknown'],
  ['an object', { Action: { a: 1 } }, 'unknown'],
  ['any resource', { Resource: '*' }, 'yes'],
  ['any identity', { Resource: `arn:aws:ses:*:${account}:identity/*` }, 'yes'],
  ['another identity', { Resource: `${identity}.uk` }, 'no'],
  ['a dot is no wildcard', { Resource: identity.replace('example.com', 'exampleXcom') }, 'no'],
  ['names compare by case', { Resource: identity.replace('example', 'Example') }, 'no'],
  ['all but this resource', instead('Resource', [identity]), 'no'],
  ['all but another', instead('Resource', `${identity}.uk`), 'yes'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's own variables
  ['a variable', { Resource: 'arn:aws:ses:*:${aws:PrincipalAccount}:identity/*' }, 'unknown'],
  ['no resource', { Resource: undefined }, 'unknown'],
  ['an allowance', { Effect: 'Allow' }, 'no'],
])('actions and resources: %s', (_name, change, verdict) => {
  expect(denies(policy(change), asService)).toBe(verdict);
});

test.each<Row>([
  ['the account', when('StringEquals', 'aws:SourceAccount', account), 'yes', 'no'],
  ['the account, in a list', when('StringEquals', 'AWS:SOURCEACCOUNT', ['9', account]), 'yes', 'no'],
  ['another account', when('StringEquals', 'aws:SourceAccount', ['9']), 'no', 'no'],
  ['a number', when('StringEquals', 'aws:SourceAccount', Number(account)), 'yes', 'no'],
  ['all but our account', when('StringNotEquals', 'aws:SourceAccount', account), 'no', 'yes'],
  ['all but a list with our account', when('StringNotEquals', 'aws:SourceAccount', ['9', account]), 'no', 'yes'],
  ['all but other accounts', when('StringNotEquals', 'aws:SourceAccount', ['8', '9']), 'yes', 'yes'],
  ['accounts by a wildcard', when('StringLike', 'aws:SourceAccount', '1111*'), 'yes', 'no'],
  ['no wildcards in StringEquals', when('StringEquals', 'aws:SourceAccount', '1111*'), 'no', 'no'],
  ['all but accounts by a wildcard', when('StringNotLike', 'aws:SourceAccount', '1111????????'), 'no', 'yes'],
  ['the pool', when('ArnEquals', 'aws:SourceArn', pool), 'yes', 'no'],
  ['pools of any Region', when('ArnLike', 'aws:SourceArn', pool.replace(':eu-west-1:', ':*:')), 'yes', 'no'],
  ['pools by a text', when('StringLike', 'aws:SourceArn', '*userpool/*'), 'yes', 'no'],
  ['all but the pool', when('ArnNotEquals', 'aws:SourceArn', pool), 'no', 'yes'],
  ['all but another pool', when('ArnNotLike', 'aws:SourceArn', [`${pool}B`]), 'yes', 'yes'],
  ['a wildcard that reaches over colons', when('ArnLike', 'aws:SourceArn', 'arn:aws:*:userpool/*'), 'unknown', 'no'],
  ['the same with six parts', when('ArnLike', 'aws:SourceArn', 'arn:*:*:*:*:userpool/*'), 'yes', 'no'],
  ['an ARN operator on what is no ARN', when('ArnLike', 'aws:SourceAccount', '*'), 'unknown', 'no'],
  ['all but an ARN, of what is none', when('ArnNotLike', 'aws:SourceAccount', pool), 'unknown', 'yes'],
  ['a colon in the last part', when('ArnLike', 'aws:SourceArn', `${pool.slice(0, -1)}*:x`), 'no', 'no'],
  ['the address', when('StringEquals', 'ses:FromAddress', 'no-reply@example.com'), 'yes', 'yes'],
  ['addresses of the domain', when('StringLike', 'ses:fromaddress', '*@example.com'), 'yes', 'yes'],
  ['all but addresses of the domain', when('StringNotLike', 'ses:FromAddress', '*@example.com'), 'no', 'no'],
  ['all but another address', when('StringNotEquals', 'ses:FromAddress', 'a@example.com'), 'yes', 'yes'],
  ['a key that is not evaluated', when('StringEquals', 'aws:PrincipalOrgID', 'o-1'), 'unknown', 'unknown'],
  ['a key named like a method', when('StringEquals', 'constructor', 'x'), 'unknown', 'unknown'],
  ['an operator that is not evaluated', when('IpAddress', 'aws:SourceArn', '10.0.0.0/8'), 'unknown', 'unknown'],
  ['IfExists', when('StringEqualsIfExists', 'aws:SourceAccount', account), 'unknown', 'unknown'],
  ['ForAllValues', when('ForAllValues:StringEquals', 'aws:SourceAccount', account), 'unknown', 'unknown'],
  ['Null', when('Null', 'aws:SourceAccount', true), 'unknown', 'unknown'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's own variables
  ['a variable', when('StringEquals', 'aws:SourceAccount', '${aws:PrincipalAccount}'), 'unknown', 'no'],
  ['no value', when('StringNotEquals', 'aws:SourceAccount', []), 'unknown', 'yes'],
  ['no conditions', { Condition: {} }, 'yes', 'yes'],
  ['conditions that are no object', { Condition: [] }, 'unknown', 'unknown'],
  ['an operator without keys', { Condition: { StringEquals: 'x' } }, 'unknown', 'unknown'],
  [
    'two of which one does not hold',
    { Condition: { Bool: { 'aws:SecureTransport': 'false' }, StringEquals: { 'ses:FromAddress': 'a@b.example' } } },
    'no',
    'no',
  ],
  [
    'two of which one cannot be evaluated',
    { Condition: { Bool: { 'aws:SecureTransport': 'false' }, StringLike: { 'ses:FromAddress': '*' } } },
    'unknown',
    'unknown',
  ],
])('conditions: %s', (_name, change, byService, byRole) => {
  expect([denies(policy(change), asService), denies(policy(change), asRole)]).toEqual([byService, byRole]);
});

test.each<readonly [string, string, string]>([
  ['one statement that is no list', JSON.stringify({ Statement: statement }), 'yes'],
  ['the second of two', policy({ Effect: 'Allow' }, {}), 'yes'],
  ['one that matches and one that is unknown', policy(when('Bool', 'x', 'true'), {}), 'yes'],
  ['one that does not match and one that is unknown', policy({ Action: 'x' }, when('Bool', 'x', 'true')), 'unknown'],
  ['a statement that is none', '{"Statement":["x"]}', 'unknown'],
  ['no statement', '{"Version":"2012-10-17"}', 'unknown'],
  ['no JSON', 'nonsense', 'unknown'],
  ['a text whose denials were left out', '', 'no'],
])('documents: %s', (_name, text, verdict) => {
  expect(denies(text, asService)).toBe(verdict);
});

test('what an operation remembers of a policy denies the same as the policy', () => {
  const denying = policy({ Effect: 'Allow' }, { Sid: 'x', ...when('StringLike', 'ses:FromAddress', '*') });
  expect(JSON.parse(denialsOf(denying)).Statement).toHaveLength(1);
  for (const text of [
    denying,
    policy({ Effect: 'Allow' }),
    policy({ Action: 'x' }),
    '{"Statement":"x"}',
    'nonsense',
    '',
  ]) {
    expect(denies(denialsOf(text), asService)).toBe(denies(text, asService));
  }
  expect(denialsOf(policy({ Effect: 'Allow' }, { Effect: 'Allow' }))).toBe('');
});

test('a pattern of many wildcards takes no time', () => {
  const pattern = `${'*a'.repeat(1000)}b`;
  const started = Date.now();
  const longest = { ...asService, resource: 'a'.repeat(2000) };
  expect(denies(policy({ Resource: pattern }), longest)).toBe('no');
  expect(Date.now() - started).toBeLessThan(1000);
});

describe('as the embedded AWS evaluates it', () => {
  const oneOrMore = (items: fc.Arbitrary<string>) => fc.oneof(items, fc.array(items, { minLength: 1, maxLength: 3 }));
  const wild = (text: string) =>
    fc.oneof(
      fc.constant(text),
      fc.nat(text.length).map((at) => `${text.slice(0, at)}*`),
      fc.nat(text.length).map((at) => `*${text.slice(at)}`),
      fc.nat(text.length - 1).map((at) => `${text.slice(0, at)}?${text.slice(at + 1)}`),
      fc.nat(text.length - 1).map((at) => `${text.slice(0, at)}x${text.slice(at + 1)}`),
    );
  const wildArn = (arn: string) => {
    const parts = arn.split(':');
    return fc.tuple(...parts.map(wild)).map((changed) => changed.join(':'));
  };
  const principal = fc.oneof(
    fc.constant('*' as const),
    fc.record(
      {
        Service: oneOrMore(fc.constantFrom(service, 'cognito-idp.amazonaws.com')),
        AWS: oneOrMore(fc.constantFrom(role, `arn:aws:iam::${account}:role/x`)),
      },
      { requiredKeys: [] },
    ),
  );
  const element = {
    Effect: fc.constantFrom('Deny', 'Deny', 'Allow'),
    Principal: principal.filter((one) => one === '*' || Object.keys(one).length > 0),
    Action: oneOrMore(fc.oneof(wild('ses:SendEmail'), fc.constantFrom('SES:SendEmail', '*', 'ses:SendRawEmail'))),
    Resource: oneOrMore(wild(identity)),
  };
  const strings = fc.constantFrom('StringEquals', 'StringLike');
  const condition = fc.oneof(
    fc.tuple(strings, fc.constant('aws:SourceAccount'), oneOrMore(wild(account))),
    fc.tuple(strings, fc.constant('aws:SourceArn'), oneOrMore(wild(pool))),
    fc.tuple(fc.constantFrom('ArnLike', 'ArnEquals'), fc.constant('aws:SourceArn'), oneOrMore(wildArn(pool))),
  );
  const conditions = fc
    .array(condition, { maxLength: 2 })
    .map((all) => Object.fromEntries(all.map(([operator, key, value]) => [operator, { [key]: value }])));
  const allowance = JSON.stringify({
    Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
  });
  const denied = (text: string, as: object) =>
    !allows([allowance, text], {
      principal: service,
      action: 'ses:SendEmail',
      resource: identity,
      sourceArn: pool,
      sourceAccount: account,
      ...as,
    });
  const document = (statements: unknown) => JSON.stringify({ Statement: statements });
  const runs = { numRuns: 3000 };

  test('for the service principal, with conditions', () => {
    const seen = { yes: 0, no: 0, unknown: 0 };
    fc.assert(
      fc.property(fc.array(fc.record({ ...element, Condition: conditions }), { minLength: 1, maxLength: 3 }), (all) => {
        const verdict = denies(document(all), asService);
        seen[verdict] += 1;
        expect(verdict).toBe(denied(document(all), {}) ? 'yes' : 'no');
      }),
      runs,
    );
    expect(seen.unknown).toBe(0);
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(runs.numRuns / 20);
  });

  test('for the role', () => {
    const seen = { yes: 0, no: 0, unknown: 0 };
    fc.assert(
      fc.property(fc.array(fc.record(element), { minLength: 1, maxLength: 3 }), (all) => {
        const verdict = denies(document(all), asRole);
        seen[verdict] += 1;
        expect(verdict).toBe(denied(document(all), { principal: role, principalType: 'AWS' }) ? 'yes' : 'no');
      }),
      runs,
    );
    expect(seen.unknown).toBe(0);
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(runs.numRuns / 20);
  });

  describe('with negations, and without the keys that a role lacks', () => {
    const either = <T>(name: string, value: fc.Arbitrary<T>) =>
      fc.oneof(
        value.map((one) => ({ [name]: one })),
        value.map((one) => ({ [`Not${name}`]: one })),
      );
    const operator = (kind: string) =>
      fc
        .tuple(fc.constantFrom('', 'Not'), fc.constantFrom('Equals', 'Like'))
        .map(([not, how]) => `${kind}${not}${how}`);
    const on = (kind: string, key: string, value: fc.Arbitrary<string>) =>
      fc.tuple(operator(kind), fc.constantFrom(key, key.toLowerCase()), oneOrMore(value));
    const anyCondition = fc.oneof(
      on('String', 'aws:SourceAccount', wild(account)),
      on('String', 'aws:SourceArn', wild(pool)),
      on('Arn', 'aws:SourceArn', wildArn(pool)),
      on('String', 'ses:FromAddress', wild(from[1])),
    );
    const anyStatement = fc
      .tuple(
        either('Principal', element.Principal),
        either('Action', element.Action),
        either('Resource', element.Resource),
        fc.array(anyCondition, { maxLength: 2 }),
      )
      .map(([who, what, where, all]) => ({
        Effect: 'Deny',
        ...who,
        ...what,
        ...where,
        Condition: Object.fromEntries(all.map(([name, key, value]) => [name, { [key]: value }])),
      }));
    const byRole = { principal: role, principalType: 'AWS', sourceArn: undefined, sourceAccount: undefined };

    test.each([
      ['the service principal', asService, {}],
      ['the role', asRole, byRole],
    ])('%s', (_name, sending, as) => {
      const seen = { yes: 0, no: 0, unknown: 0 };
      fc.assert(
        fc.property(fc.array(anyStatement, { minLength: 1, maxLength: 3 }), (all) => {
          const verdict = denies(document(all), sending);
          seen[verdict] += 1;
          expect(verdict).toBe(denied(document(all), { ...as, fromAddress: from[1] }) ? 'yes' : 'no');
        }),
        runs,
      );
      expect(seen.unknown).toBe(0);
      expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(runs.numRuns / 20);
    });
  });
});

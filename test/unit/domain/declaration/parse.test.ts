import fc from 'fast-check';
import type { CheckInput } from '../../../../src/domain/declaration/check';
import type { Declaration } from '../../../../src/domain/declaration/declaration';
import { checks, declarationProblems, parseDeclaration } from '../../../../src/domain/declaration/parse';
import { ResourceModel } from '../../../../src/model';

const context = { poolRegion: 'eu-west-1', operation: 'create' } as const;
const good: Declaration = {
  userPoolId: 'eu-west-1_A',
  emailSendingAccount: 'DEVELOPER',
  identity: 'example.com',
  from: 'a@example.com',
};
const said = (change: object, unknown: readonly string[] = []) =>
  declarationProblems({ raw: { ...good, ...change }, unknown }, context);
const about = (problems: readonly string[]) => problems.map((problem) => problem.split(' ')[0]);

test('nothing is said of what is right', () => expect(said({})).toEqual([]));

test.each<[string, object]>([
  ['UserPoolId', { userPoolId: 'x' }],
  ['EmailSendingAccount', { emailSendingAccount: 'x' }],
  ['Identity', { identity: undefined, from: undefined }],
  ['Identity', { identity: 'x', from: undefined }],
  ['SesRegion', { sesRegion: 'eu-north-1' }],
  ['From', { from: undefined }],
  ['From', { from: 'x' }],
  ['ReplyToEmailAddress', { replyToEmailAddress: 'x' }],
  ['ConfigurationSet', { configurationSet: 'x y' }],
  ['VerificationTimeoutMinutes', { verificationTimeoutMinutes: 601 }],
])('%s is checked: %j', (property, change) => expect(about(said(change))).toEqual([property]));

test('everything is told at once, in the order of the properties, unknown ones first', () => {
  const wrong = {
    verificationTimeoutMinutes: -1,
    configurationSet: '.',
    replyToEmailAddress: 'x',
    from: 'x',
    sesRegion: 'x',
    identity: 'x',
    emailSendingAccount: 'x',
    userPoolId: 'x',
    allowSandbox: 'x',
    sourceArn: 'x',
  };
  expect(about(said(wrong, ['Colour']))).toEqual([
    'Colour',
    'SourceArn',
    'AllowSandbox',
    'UserPoolId',
    'EmailSendingAccount',
    'Identity',
    'SesRegion',
    'From',
    'ReplyToEmailAddress',
    'ConfigurationSet',
    'VerificationTimeoutMinutes',
  ]);
});

test('of what is of another type only that is said', () => {
  expect(said({ identity: ['example.com'], from: undefined })).toEqual([
    'Identity is ["example.com"]: write a string.',
  ]);
});

test('properties that keep all rules are a declaration, others are problems', () => {
  const raw = { ...good, allowSandbox: undefined, sourceArn: 'arn' };
  const update = { ...context, operation: 'update' } as const;
  expect(parseDeclaration({ raw, unknown: [] }, update)).toEqual({ declaration: good });
  expect(parseDeclaration({ raw, unknown: ['Colour'] }, context)).toEqual({
    problems: declarationProblems({ raw, unknown: ['Colour'] }, context),
  });
});

describe('a check', () => {
  const text = (...values: readonly unknown[]) => fc.constantFrom(...values, undefined);
  const declarations = fc.record({
    userPoolId: text('eu-west-1_A', 'x'),
    emailSendingAccount: text('DEVELOPER', 'COGNITO_DEFAULT', 'SES'),
    identity: text('example.com', 'a@example.com', 'Example.com', 'x'),
    sesRegion: text('eu-west-1', 'eu-central-1', 'eu-west-2', 'moon'),
    from: text('a@example.com', 'A <a@example.com>', 'A, B <a@example.com>', 'a@b.example'),
    replyToEmailAddress: text('a@example.com', 'A <a@example.com>'),
    configurationSet: text('mail', 'a b'),
    allowSandbox: text(true),
    verificationTimeoutMinutes: text(0, 601),
    takeOver: text(true),
    revision: text('1'),
  }) as unknown as fc.Arbitrary<Declaration>;
  const contexts = fc.record({
    poolRegion: fc.constantFrom('eu-west-1', 'eu-west-3', 'me-central-1', 'xx-east-1'),
    operation: fc.constantFrom('create', 'update'),
  });

  /** The same object, which notes the members that are read of it. */
  const recorded = <T extends object>(target: T, read: Set<string>): T =>
    new Proxy(target, {
      get: (object, name) => {
        read.add(String(name));
        return Reflect.get(object, name);
      },
    });

  test.each(checks.map((check) => [`${check.property}: ${check.reads.join(', ')}`, check] as const))(
    'reads what it says, and no more: %s',
    (_name, { check, reads }) => {
      const read = new Set<string>();
      fc.assert(
        fc.property(declarations, contexts, (declaration, context) => {
          check(recorded(declaration, read), recorded(context, read));
        }),
        { numRuns: 300 },
      );
      read.delete('operation');
      expect([...read].sort()).toEqual([...reads].sort());
    },
  );

  test('is left out where it reads what is not known yet, and no other is', () => {
    const inputs: readonly CheckInput[] = [...new Set(checks.flatMap(({ reads }) => reads))];
    fc.assert(
      fc.property(declarations, contexts, fc.subarray([...inputs]), (declaration, context, notKnownYet) => {
        const known = Object.fromEntries(
          Object.entries(declaration).filter(([member]) => !notKnownYet.includes(member as CheckInput)),
        );
        const left = checks.filter(({ reads }) => !reads.some((input) => notKnownYet.includes(input)));
        expect(declarationProblems({ raw: known, unknown: [] }, context, notKnownYet)).toEqual(
          left.flatMap(({ check }) => check(declaration, context) ?? []),
        );
      }),
    );
  });
});

describe('a request’s properties, as the model reads them:', () => {
  const good = {
    UserPoolId: 'eu-west-1_A',
    EmailSendingAccount: 'DEVELOPER',
    Identity: 'example.com',
    From: 'a@example.com',
  };

  /** What is said of the good declaration with these properties in place of its own. */
  function said(properties: object, operation: 'create' | 'update' = 'create'): readonly string[] {
    const model = ResourceModel.deserialize({ ...good, ...properties });
    return declarationProblems(
      { raw: model, unknown: model.unknownProperties },
      { poolRegion: 'eu-west-1', operation },
    );
  }

  test('of the good declaration nothing is said', () => {
    expect([said({}), said({}, 'update')]).toEqual([[], []]);
  });

  test.each<[string, number]>([
    ['Identity', 320],
    ['From', 2048],
    ['ReplyToEmailAddress', 320],
    ['Revision', 128],
  ])('a %s of more than %d characters is refused before anything looks into it', (name, most) => {
    for (const operation of ['create', 'update'] as const) {
      const problems = said({ [name]: '"'.repeat(most + 1) }, operation);
      expect(problems).toContain(`${name} has ${most + 1} characters: write at most ${most}.`);
      expect(problems.filter((problem) => problem.startsWith(name))).toHaveLength(1);
    }
  });

  describe('an empty property is to be left out', () => {
    test.each([
      'Identity',
      'SesRegion',
      'From',
      'ReplyToEmailAddress',
      'ConfigurationSet',
      'AllowSandbox',
      'VerificationTimeoutMinutes',
      'TakeOver',
      'Revision',
    ])('%s', (name) => {
      expect(said({ [name]: '' })[0]).toBe(`${name} is empty: leave it out (AWS::NoValue), or write a value.`);
      expect(said({ [name]: '' }).filter((problem) => problem.startsWith(name))).toHaveLength(1);
    });
  });

  test.each<[string, string]>([
    [
      'Awesome App <noreply@example.com>',
      'is a sender, which From takes: write the identity alone, noreply@example.com.',
    ],
    ['example.com.', 'ends with a full stop: write it without.'],
    ['mailto:a@example.com', 'has a colon, which no identity has: write its address or domain alone.'],
    [
      'my_app.example.com',
      'has an underscore in its domain, which a mail domain cannot have: write the domain that it stands for.',
    ],
    ['example.com, example.net', 'names 2, where one is meant: write one.'],
    ['a@example.com;b@example.com', 'names 2, where one is meant: write one.'],
    ['Example.com', 'has upper-case letters in its domain: write example.com.'],
    ['bücher.example', 'has a domain that is not ASCII: write xn--bcher-kva.example in place of bücher.example.'],
    ['hilfe@bücher.example', 'has a domain that is not ASCII: write xn--bcher-kva.example in place of bücher.example.'],
    ['.a@example.com', 'is not an address: write such as no-reply@example.com.'],
    ['example', 'is neither an address nor a domain: write such as no-reply@example.com or example.com.'],
  ])('Identity %s', (identity, says) => {
    expect(said({ Identity: identity })).toEqual([`Identity ${JSON.stringify(identity)} ${says}`]);
  });

  test('an address identity may have upper case', () => {
    const properties = { Identity: 'Sales@Example.com', From: 'Sales <Sales@Example.com>' };
    expect([said(properties), said(properties, 'update')]).toEqual([[], []]);
  });

  test.each<[string, string]>([
    ['hilfe@bücher.example', 'has a domain that is not ASCII: write xn--bcher-kva.example in place of bücher.example.'],
    ['Help <help@example.com>', 'has a name, which Cognito does not take here: write help@example.com.'],
    ['a@example.com,b@example.com', 'names 2, where one is meant: write one.'],
    ['a@example.com.', 'ends with a full stop: write it without.'],
    ['help', 'is not one address: write it as name@example.com.'],
  ])('ReplyToEmailAddress %s', (address, says) => {
    expect(said({ ReplyToEmailAddress: address })).toEqual([`ReplyToEmailAddress ${JSON.stringify(address)} ${says}`]);
  });

  test('an update leaves the spelling of a reply address to Cognito, as far as its own pattern goes', () => {
    expect(said({ ReplyToEmailAddress: 'hilfe@bücher.example' }, 'update')).toEqual([]);
    expect(said({ ReplyToEmailAddress: 'Help <help@example.com>' }, 'update')).toHaveLength(1);
  });

  test.each<[string, string]>([
    ['Frm', 'write From, or take it out.'],
    ['Form', 'write From, or take it out.'],
    ['identity', 'write Identity, or take it out.'],
    ['Identitiy', 'write Identity, or take it out.'],
    ['EmailSendingAcount', 'write EmailSendingAccount, or take it out.'],
    ['ReplyToEmailAdress', 'write ReplyToEmailAddress, or take it out.'],
    ['FromEmailAddress', 'write From, or take it out.'],
    ['ReplyTo', 'write ReplyToEmailAddress, or take it out.'],
    ['ConfigurationSetName', 'write ConfigurationSet, or take it out.'],
    ['Region', 'write SesRegion, or take it out.'],
    ['EmailIdentity', 'write Identity, or take it out.'],
    ['Colour', 'take it out, or correct its spelling.'],
    ['constructor', 'take it out, or correct its spelling.'],
    ['toString', 'take it out, or correct its spelling.'],
    ['hasOwnProperty', 'take it out, or correct its spelling.'],
    ['__proto__', 'take it out, or correct its spelling.'],
  ])('the unknown property %s', (name, step) => {
    const unknown = JSON.parse(`{${JSON.stringify(name)}: "x"}`);
    const model = ResourceModel.deserialize(
      Object.defineProperties({ ...good }, Object.getOwnPropertyDescriptors(unknown)),
    );
    const problems = declarationProblems(
      { raw: model, unknown: model.unknownProperties },
      { poolRegion: 'eu-west-1', operation: 'create' },
    );
    expect(problems).toEqual([`${name} is not a property of this type: ${step}`]);
  });

  test('EmailConfiguration leads to its members', () => {
    expect(said({ EmailConfiguration: { From: 'a@example.com' } })).toEqual([
      'EmailConfiguration is not a property of this type: declare its members here, EmailSendingAccount, From, ReplyToEmailAddress and ConfigurationSet, and in place of SourceArn Identity and SesRegion.',
    ]);
  });

  test('what is read-only is refused in a new setup, and carried along in an update', () => {
    const attributes = {
      SourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/example.com',
      SesRegions: ['eu-west-1'],
    };
    expect(said(attributes)).toEqual([
      'SourceArn is read-only: declare Identity (its name) and SesRegion (its Region).',
      'SesRegions is read-only: declare SesRegion.',
    ]);
    expect(said(attributes, 'update')).toEqual([]);
    expect(said({ ...attributes, SourceArn: '' }, 'update')).toEqual([]);
  });

  test.each(['AllowSandbox', 'TakeOver'])('a name that every object has is no value of %s', (name) => {
    for (const value of ['constructor', 'toString', '__proto__']) {
      expect(said({ [name]: value })).toEqual([`${name} is ${JSON.stringify(value)}: write true or false.`]);
    }
  });

  test.each([-1, 601, 1.5])('VerificationTimeoutMinutes %s', (minutes) => {
    const says = `VerificationTimeoutMinutes is ${minutes}: write a whole number of minutes from 0 to 600.`;
    expect(said({ VerificationTimeoutMinutes: minutes })).toEqual([says]);
    expect(said({ VerificationTimeoutMinutes: 600 })).toEqual([]);
  });

  test.each([
    ['<a@example.com>', 'is more than an address'],
    ['A <a@example.com>', 'has a display name'],
  ])('COGNITO_DEFAULT takes a bare address, %s in an update only', (from, more) => {
    const properties = { EmailSendingAccount: 'COGNITO_DEFAULT', From: from };
    expect(said(properties)).toEqual([
      `From ${more}, which COGNITO_DEFAULT does not send: write a@example.com alone, or send as DEVELOPER.`,
    ]);
    expect(said(properties, 'update')).toEqual([]);
  });
});

import { declarationProblems } from '../../../../src/domain/declaration/checks';
import type { Declaration } from '../../../../src/domain/declaration/declaration';
import { userPoolId, verificationTimeoutMinutes } from '../../../../src/domain/declaration/properties';

const context = { poolRegion: 'eu-west-1', operation: 'create' } as const;
const good: Declaration = {
  userPoolId: 'eu-west-1_A',
  emailSendingAccount: 'DEVELOPER',
  identity: 'example.com',
  from: 'a@example.com',
};
const said = (change: object, unknown: readonly string[] = []) =>
  declarationProblems({ ...good, ...change } as Partial<Declaration>, unknown, context);
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
])('%s is looked at: %j', (property, change) => expect(about(said(change))).toEqual([property]));

test('everything is told at once, in the order of the properties, what is strange first', () => {
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

test('who does not know every value yet asks the rules in its own way', () => {
  const asked: unknown[] = [];
  const problems = declarationProblems({ ...good, userPoolId: 'x' }, [], context, (rule, declared, given) => {
    asked.push([declared.userPoolId, given]);
    return rule === userPoolId ? undefined : rule === verificationTimeoutMinutes ? 'Asked.' : rule(declared, given);
  });
  expect(problems).toEqual(['Asked.']);
  expect(asked).toEqual(Array.from({ length: 10 }, () => ['x', context]));
});

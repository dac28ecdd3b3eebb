import { declarationProblems } from '../../src/domain/declaration/parse';
import { wellTyped } from '../../src/domain/declaration/well-typed';
import { ResourceModel } from '../../src/model';

const whole = {
  UserPoolId: 'eu-west-1_A',
  EmailSendingAccount: 'DEVELOPER',
  Identity: 'example.com',
  SesRegion: 'eu-west-1',
  From: 'a@example.com',
  ReplyToEmailAddress: 'b@example.com',
  ConfigurationSet: 'set',
  AllowSandbox: true,
  VerificationTimeoutMinutes: 30,
  TakeOver: false,
  Revision: '1',
  SourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/example.com',
  SesRegions: ['eu-west-1'],
};

test('leads from the wire to typed values and back', () => {
  const model = ResourceModel.deserialize(whole);
  expect(model).toMatchObject({
    userPoolId: 'eu-west-1_A',
    allowSandbox: true,
    verificationTimeoutMinutes: 30,
    takeOver: false,
  });
  expect(model.serialize()).toEqual(whole);
});

test('takes primitives as strings, as CloudFormation sends them, and other types for strings', () => {
  const model = ResourceModel.deserialize({
    ...whole,
    AllowSandbox: 'True',
    VerificationTimeoutMinutes: '30',
    TakeOver: 'false',
    Revision: 1,
  });
  expect(model.serialize()).toEqual(whole);
});

test('leaves out what is absent or null', () => {
  expect(ResourceModel.deserialize({ UserPoolId: 'p', From: null }).serialize()).toEqual({ UserPoolId: 'p' });
});

test('remembers properties that the schema does not have, and does not answer them', () => {
  const model = ResourceModel.deserialize({ UserPoolId: 'p', Colour: 'red', constructor: 'x' });
  expect(model.unknownProperties).toEqual(['Colour', 'constructor']);
  expect(model.serialize()).toEqual({ UserPoolId: 'p' });
});

test.each([
  ['AllowSandbox', 'yes', /AllowSandbox is "yes": write true or false/],
  ['VerificationTimeoutMinutes', '1e3', /VerificationTimeoutMinutes is "1e3": write a whole number/],
  ['VerificationTimeoutMinutes', '', /VerificationTimeoutMinutes is empty: leave it out/],
  ['From', ['a@example.com'], /From is \["a@example.com"\]: write a string/],
  ['Identity', { Ref: 'x' }, /Identity is \{"Ref":"x"\}/],
])('what is of another type stays for the checks to name: %s', (property, value, says) => {
  const model = ResourceModel.deserialize({ ...whole, [property]: value });
  const problems = declarationProblems(
    { raw: model, unknown: model.unknownProperties },
    { poolRegion: 'eu-west-1', operation: 'create' },
  );
  expect(problems.join(' ')).toMatch(says);
  expect(wellTyped(model).declaration).not.toHaveProperty(property.charAt(0).toLowerCase() + property.slice(1));
});

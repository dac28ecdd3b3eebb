import { emailDifferences, ourEmail } from '../../../../src/domain/user-pool/email-members';

const wanted = { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn', From: 'a@example.com', DkimAlignment: 'STRICT' };
const nothing = { other: [], kept: [], added: [] };

test('what the type does not set is not ours', () => {
  expect(ourEmail(wanted)).toEqual({ EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn', From: 'a@example.com' });
});

test.each([
  ['as wanted', {}, wanted, nothing],
  ['what the type does not set', {}, { ...wanted, DkimAlignment: 'NONE', More: 1 }, nothing],
  ['null for what is not wanted', {}, { ...wanted, ReplyToEmailAddress: null }, nothing],
  ['another value', {}, { ...wanted, From: 'b@example.com' }, { ...nothing, other: ['From'] }],
  ['nothing', wanted, {}, { ...nothing, other: ['EmailSendingAccount', 'SourceArn', 'From'] }],
  [
    'a member as before',
    { ConfigurationSet: 'x' },
    { ...wanted, ConfigurationSet: 'x' },
    { ...nothing, kept: ['ConfigurationSet'] },
  ],
  [
    'a member as it was not before',
    { ConfigurationSet: 'x' },
    { ...wanted, ConfigurationSet: 'y', ReplyToEmailAddress: 'r' },
    { ...nothing, added: ['ReplyToEmailAddress', 'ConfigurationSet'] },
  ],
])('%s', (_name, before, after, differences) => {
  expect(emailDifferences(before, after, wanted)).toEqual(differences);
});

import { emailSendingAccount } from '../../../../../src/domain/declaration/checks/email-sending-account';
import type { Declaration } from '../../../../../src/domain/declaration/declaration';

const context = { poolRegion: 'eu-west-1', operation: 'create' } as const;
const good: Declaration = { userPoolId: 'eu-west-1_A', emailSendingAccount: 'DEVELOPER' };
const declaring = (change: object) => ({ ...good, ...change }) as Declaration;

test.each([
  ['DEVELOPER', undefined],
  ['COGNITO_DEFAULT', undefined],
  [undefined, 'is missing'],
  ['developer', 'is "developer"'],
  ['', 'is ""'],
])('EmailSendingAccount %j %s', (sender, problem) =>
  expect(emailSendingAccount.check(declaring({ emailSendingAccount: sender }), context)).toBe(
    problem && `EmailSendingAccount ${problem}: write DEVELOPER (your own SES) or COGNITO_DEFAULT (Cognito's).`,
  ),
);

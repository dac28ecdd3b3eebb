import { declarationCheck } from '../check';
import { conforms } from '../schema';

/** One of Cognito's two words. */
export const emailSendingAccount = declarationCheck({
  property: 'EmailSendingAccount',
  reads: ['emailSendingAccount'],
  check({ emailSendingAccount: sender }) {
    if (sender !== undefined && conforms('EmailSendingAccount', sender)) return undefined;
    const problem = sender === undefined ? 'is missing' : `is ${JSON.stringify(sender)}`;
    return `EmailSendingAccount ${problem}: write DEVELOPER (your own SES) or COGNITO_DEFAULT (Cognito's).`;
  },
});

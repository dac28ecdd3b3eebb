import { declarationCheck } from '../check';
import { conforms } from '../schema';

/** A configuration set in SES's own form, for DEVELOPER only. */
export const configurationSet = declarationCheck({
  property: 'ConfigurationSet',
  reads: ['configurationSet', 'emailSendingAccount'],
  check({ configurationSet: name, emailSendingAccount }) {
    if (name === undefined) return undefined;
    if (emailSendingAccount === 'COGNITO_DEFAULT') {
      return 'ConfigurationSet works with EmailSendingAccount DEVELOPER only: take it out, or send as DEVELOPER.';
    }
    if (conforms('ConfigurationSet', name)) return undefined;
    return `ConfigurationSet ${JSON.stringify(name)} is not a name that SES gives: write 1 to 64 letters, digits, _ and -.`;
  },
});

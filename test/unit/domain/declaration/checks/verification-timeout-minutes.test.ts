import { verificationTimeoutMinutes } from '../../../../../src/domain/declaration/checks/verification-timeout-minutes';
import type { Declaration } from '../../../../../src/domain/declaration/declaration';

const context = { poolRegion: 'eu-west-1', operation: 'create' } as const;
const good: Declaration = { userPoolId: 'eu-west-1_A', emailSendingAccount: 'DEVELOPER' };
const declaring = (change: object) => ({ ...good, ...change }) as Declaration;

test.each([undefined, 0, 1, 600])('%s minutes may be waited', (minutes) =>
  expect(verificationTimeoutMinutes.check(declaring({ verificationTimeoutMinutes: minutes }), context)).toBeUndefined(),
);
test.each([-1, 601, 0.5, Number.NaN])('%s minutes may not be waited', (minutes) =>
  expect(verificationTimeoutMinutes.check(declaring({ verificationTimeoutMinutes: minutes }), context)).toBe(
    `VerificationTimeoutMinutes is ${minutes}: write a whole number of minutes from 0 to 600.`,
  ),
);

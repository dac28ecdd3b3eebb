import { declarationCheck } from '../check';
import { conforms, propertyOf } from '../schema';

const { minimum, maximum } = propertyOf('VerificationTimeoutMinutes');

/** A whole number of minutes, as many as CloudFormation waits for. */
export const verificationTimeoutMinutes = declarationCheck({
  property: 'VerificationTimeoutMinutes',
  reads: ['verificationTimeoutMinutes'],
  check({ verificationTimeoutMinutes: minutes }) {
    if (minutes === undefined || conforms('VerificationTimeoutMinutes', minutes)) return undefined;
    return `VerificationTimeoutMinutes is ${minutes}: write a whole number of minutes from ${minimum} to ${maximum}.`;
  },
});

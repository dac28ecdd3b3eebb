import { declarationCheck } from '../check';
import { isMailAddress } from '../identity';
import { addressInBrackets, commonMistake } from '../mistakes';

/** Cognito's own pattern: what it has accepted may be rolled back to. */
const acceptedByCognito = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u;

/** Replies go to one bare address. */
export const replyToEmailAddress = declarationCheck({
  property: 'ReplyToEmailAddress',
  reads: ['replyToEmailAddress'],
  check({ replyToEmailAddress: address }, { operation }) {
    if (address === undefined) return undefined;
    if (operation === 'update' ? acceptedByCognito.test(address) : isMailAddress(address)) return undefined;
    const inside = addressInBrackets(address);
    const problem =
      inside === undefined
        ? (commonMistake(address) ?? 'is not one address: write it as name@example.com')
        : `has a name, which Cognito does not take here: write ${inside}`;
    return `ReplyToEmailAddress ${JSON.stringify(address)} ${problem}.`;
  },
});

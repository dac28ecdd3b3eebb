import { declarationCheck } from '../check';
import { conforms } from '../schema';

/** The id of a pool, in Cognito's own form. */
export const userPoolId = declarationCheck({
  property: 'UserPoolId',
  reads: ['userPoolId'],
  check({ userPoolId: id }) {
    if (id === undefined) return 'UserPoolId is missing: write the id of the user pool.';
    if (conforms('UserPoolId', id)) return undefined;
    return `UserPoolId ${JSON.stringify(id)} is not the id of a user pool: write it as Cognito shows it, such as eu-west-1_AbCdEf123.`;
  },
});

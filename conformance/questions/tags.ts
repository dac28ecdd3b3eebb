import type { Question } from '../question';
import { unrelatedError } from '../question';

export const tags: Question = {
  id: 'tags',
  asks: 'Does `UserPoolTags` in UpdateUserPool replace the tags of a pool, or add to them?',
  meanwhile: 'All tags are sent back, and a tag that is still there after a Delete is taken off with UntagResource.',
  command:
    'aws cognito-idp update-user-pool --user-pool-id POOL --user-pool-tags first=1 && aws cognito-idp update-user-pool --user-pool-id POOL --user-pool-tags second=2 && aws cognito-idp describe-user-pool --user-pool-id POOL --query UserPool.UserPoolTags',
  probe: ({ withPool, update, describe }) =>
    withPool(async ({ id }) => {
      for (const name of ['first', 'second']) {
        const error = await update(id, { UserPoolTags: { [name]: 'conformance' } });
        if (error) return unrelatedError(error);
      }
      const { UserPoolTags: left = {} } = await describe(id);
      if (!('second' in left)) return { why: 'The tag that was written is not there.' };
      return 'first' in left
        ? { says: 'It adds to them.', behaviours: { tags: 'merge' } }
        : { says: 'It replaces them.', behaviours: { tags: 'replace' } };
    }),
};

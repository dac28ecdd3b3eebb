import { ListTagsForResourceCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Question } from '../question';

const systemKeys = (all: Record<string, string> | undefined) =>
  Object.keys(all ?? {}).filter((key) => key.startsWith('aws:'));

export const systemTags: Question = {
  id: 'system-tags',
  asks: 'Does DescribeUserPool return the tags that AWS itself writes (`aws:…`)?',
  meanwhile: 'They are never sent, and do not count towards the 50 tags of a pool.',
  command:
    'aws cognito-idp describe-user-pool --user-pool-id POOL --query UserPool.UserPoolTags  # a pool that a stack has made',
  look: async ({ userPoolId, describe, cognito }) => {
    if (userPoolId === undefined) return { why: 'Name a pool that a stack has made: --user-pool-id.' };
    const { Arn, UserPoolTags } = await describe(userPoolId);
    const shown = systemKeys(UserPoolTags);
    if (shown.length > 0) return { says: `Yes: ${shown.join(', ')}.` };
    const { Tags } = await cognito.send(new ListTagsForResourceCommand({ ResourceArn: Arn }));
    return systemKeys(Tags).length > 0
      ? { says: 'No, only ListTagsForResource does.' }
      : { why: `${userPoolId} has no such tag: name a pool that a stack has made.` };
  },
};

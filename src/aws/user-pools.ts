import {
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { parsePoolArn } from '../domain/arn';
import { Failure } from '../domain/failure';
import { isObject, type JsonObject, objectAt, stringAt } from '../domain/json';
import type { PoolObservation } from '../domain/observation';
import { poolTag } from '../domain/record';
import { once, type Patience, patiently } from './calls';
import type { Clients } from './clients';
import { keepAnswer, sendRaw } from './raw-json';
import type { CallName } from './translate';

/** Cognito user pools of one Region. Every function throws `Failure`, and never takes a failure for "absent". */
export interface UserPools {
  readonly region: string;
  /** The pool with all its settings, raw. */
  describe(patience: Patience, id: string): Promise<PoolObservation>;
  /** Sends a whole UpdateUserPool body, once: whoever tries again must describe the pool again first. */
  update(patience: Patience, body: JsonObject): Promise<void>;
  /** Does the pool have e-mail MFA? */
  emailMfa(patience: Patience, id: string): Promise<boolean>;
  /** Takes our tag off a pool. */
  untag(patience: Patience, arn: string): Promise<void>;
  /** Ids of one page of the Region's pools, with Cognito's token for the next. */
  list(
    patience: Patience,
    token: string | undefined,
  ): Promise<{ readonly ids: readonly string[]; readonly next?: string }>;
}

/** ListUserPools takes at most 60. */
const pageSize = 60;

/** Builds the user pools' room of one invocation. */
export function userPools({ cognito, region }: Clients): UserPools {
  const call = (operation: string, thing: string): CallName => ({ service: 'cognito-idp', operation, thing, region });
  return {
    region,
    describe: (patience, id) =>
      patiently(patience, call('DescribeUserPool', `user pool ${id}`), async (abortSignal) => {
        const command = new DescribeUserPoolCommand({ UserPoolId: id });
        const answer = keepAnswer(command);
        try {
          await cognito.send(command, { abortSignal });
        } catch (error) {
          if (error instanceof Error && error.name === 'ResourceNotFoundException') return { kind: 'absent' };
          throw error;
        }
        return present(answer());
      }),
    update: (patience, body) =>
      once(patience.limits, call('UpdateUserPool', `user pool ${body['UserPoolId']}`), async (abortSignal) => {
        const command = new UpdateUserPoolCommand({ UserPoolId: stringAt(body, 'UserPoolId') });
        const assertSent = sendRaw(command, body);
        await cognito.send(command, { abortSignal });
        assertSent();
      }),
    emailMfa: (patience, id) =>
      patiently(patience, call('GetUserPoolMfaConfig', `user pool ${id}`), async (abortSignal) => {
        try {
          const answer = await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId: id }), { abortSignal });
          return answer.EmailMfaConfiguration !== undefined;
        } catch (error) {
          // The pool's absence is told by DescribeUserPool, which is asked at the same time.
          if (error instanceof Error && error.name === 'ResourceNotFoundException') return false;
          throw error;
        }
      }),
    untag: (patience, arn) =>
      patiently(patience, call('UntagResource', arn), async (abortSignal) => {
        await cognito.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: [poolTag] }), { abortSignal });
      }),
    list: (patience, token) =>
      patiently(patience, call('ListUserPools', 'the user pools'), async (abortSignal) => {
        const page = new ListUserPoolsCommand({ MaxResults: pageSize, NextToken: token });
        const { UserPools: pools = [], NextToken: next } = await cognito.send(page, { abortSignal });
        const ids = pools.map((pool) => pool.Id).filter((id) => id !== undefined);
        return { ids, ...(next !== undefined && { next }) };
      }),
  };
}

function present(answer: JsonObject): PoolObservation {
  const described = answer['UserPool'];
  const arn = isObject(described) ? parsePoolArn(stringAt(described, 'Arn') ?? '') : undefined;
  if (!isObject(described) || !arn) {
    throw new Failure('server', 'DescribeUserPool answered without the pool or its ARN: try again later.', true);
  }
  const tag = stringAt(objectAt(described, 'UserPoolTags'), poolTag);
  return { kind: 'present', arn, described, emailConfiguration: objectAt(described, 'EmailConfiguration'), tag };
}

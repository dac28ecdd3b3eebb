import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { isObject, type JsonObject, objectAt, stringAt } from '../domain/json';
import type { ObservedPool } from '../domain/plan/observed';
import { poolRefOf } from '../domain/pool-ref';
import { poolTag } from '../domain/tags';
import type { Clients } from './clients';
import { keepAnswer, keepDate, sendRaw } from './raw-json';
import { type Deadline, incomplete, orAbsent, type SendOptions, send, withRetries } from './retry';

/** One page of the user pools of a Region. */
export interface UserPoolPage {
  readonly ids: readonly string[];
  /** Cognito's token for the next page. */
  readonly next?: string;
}

/**
 * What the type asks of Cognito, in one Region. Every method keeps to the deadline that it was made with and throws
 * `HandlerError`. All but `updateUserPool` retry what is retryable. Only Cognito's own ResourceNotFoundException means "absent".
 */
export interface Cognito {
  /** The pool with all its settings, as raw JSON. */
  describeUserPool(id: string): Promise<ObservedPool>;
  /**
   * Sends a whole UpdateUserPool body, once: the pool must be described again before a retry, because the answer may have been
   * lost after the update. Returns when AWS answered, in milliseconds since the epoch by AWS's own clock.
   */
  updateUserPool(body: JsonObject): Promise<number | undefined>;
  /** Has the pool e-mail MFA? Not a pool that does not exist, which `describeUserPool` tells. */
  getUserPoolMfaConfig(id: string): Promise<{ readonly emailMfa: boolean }>;
  /** Writes our tag on a pool and touches no other. */
  tagResource(arn: string, value: string): Promise<void>;
  /** Takes our tag off a pool. */
  untagResource(arn: string): Promise<void>;
  /** `token`: from the page before. */
  listUserPools(token: string | undefined): Promise<UserPoolPage>;
}

/** ListUserPools takes at most 60. */
const pageSize = 60;

/** Cognito through the SDK's client. */
export function cognitoOf({ cognito: client, region }: Clients, deadline: Deadline): Cognito {
  type Request<T> = (client: CognitoIdentityProviderClient, options: SendOptions) => Promise<T>;
  const call = (operation: string, resource: string) =>
    ({ service: 'cognito-idp', operation, resource, region }) as const;
  const ask = <T>(operation: string, resource: string, request: Request<T>) =>
    withRetries(deadline, call(operation, resource), (options) => request(client, options));
  return {
    describeUserPool: async (id) => {
      const answer = ask('DescribeUserPool', `user pool ${id}`, async (cognito, options) => {
        const command = new DescribeUserPoolCommand({ UserPoolId: id });
        const raw = keepAnswer(command);
        await cognito.send(command, options);
        return observedPool(raw());
      });
      return (await orAbsent(answer)) ?? { kind: 'absent' };
    },
    updateUserPool: (body) => {
      const id = stringAt(body, 'UserPoolId');
      return send(deadline, call('UpdateUserPool', `user pool ${id}`), async (options) => {
        const command = new UpdateUserPoolCommand({ UserPoolId: id });
        const assertSent = sendRaw(command, body);
        const answeredAt = keepDate(command);
        await client.send(command, options);
        assertSent();
        return answeredAt();
      });
    },
    getUserPoolMfaConfig: async (id) => {
      const answer = ask('GetUserPoolMfaConfig', `user pool ${id}`, async (cognito, options) => {
        const command = new GetUserPoolMfaConfigCommand({ UserPoolId: id });
        const { MfaConfiguration, EmailMfaConfiguration } = await cognito.send(command, options);
        if (MfaConfiguration === undefined) throw incomplete('GetUserPoolMfaConfig');
        return { emailMfa: EmailMfaConfiguration !== undefined };
      });
      return (await orAbsent(answer)) ?? { emailMfa: false };
    },
    tagResource: async (arn, value) => {
      const command = new TagResourceCommand({ ResourceArn: arn, Tags: { [poolTag]: value } });
      await ask('TagResource', arn, (cognito, options) => cognito.send(command, options));
    },
    untagResource: async (arn) => {
      const command = new UntagResourceCommand({ ResourceArn: arn, TagKeys: [poolTag] });
      await ask('UntagResource', arn, (cognito, options) => cognito.send(command, options));
    },
    listUserPools: (token) =>
      ask('ListUserPools', 'the user pools', async (cognito, options) => {
        const command = new ListUserPoolsCommand({ MaxResults: pageSize, NextToken: token });
        const { UserPools: pools, NextToken: next } = await cognito.send(command, options);
        if (!pools) throw incomplete('ListUserPools');
        return { ids: pools.flatMap((pool) => pool?.Id ?? []), ...(next && { next }) };
      }),
  };
}

function observedPool(answer: JsonObject): ObservedPool {
  const described = objectAt(answer, 'UserPool');
  const ref = poolRefOf(stringAt(described, 'Arn') ?? '');
  if (!isObject(described) || !ref) throw incomplete('DescribeUserPool');
  const tag = stringAt(objectAt(described, 'UserPoolTags'), poolTag);
  const emailConfiguration = objectAt(described, 'EmailConfiguration');
  return { kind: 'present', at: Date.now(), ref, described, emailConfiguration, tag };
}

import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { parsePoolArn } from '../domain/arns';
import { isObject, type JsonObject, objectAt, stringAt } from '../domain/json';
import type { ObservedPool } from '../domain/plan/observed';
import { poolTag } from '../domain/tags';
import type { Clients } from './clients';
import { keepAnswer, keepDate, sendRaw } from './raw-json';
import { type Deadline, incomplete, orAbsent, type SendOptions, send, withRetries } from './retry';

/** Cognito user pools of one Region. Every function throws `Failure`, and never takes a failure for "absent". */
export type UserPools = ReturnType<typeof userPools>;

/** ListUserPools takes at most 60. */
const pageSize = 60;

/** Builds the user pools' room of one invocation. */
export function userPools({ cognito, region }: Clients) {
  type Send<T> = (client: CognitoIdentityProviderClient, options: SendOptions) => Promise<T>;
  const ask = <T>(patience: Deadline, operation: string, thing: string, request: Send<T>, how = withRetries) =>
    how(patience, { service: 'cognito-idp', operation, resource: thing, region }, (options) =>
      request(cognito, options),
    );
  return {
    /** The pool with all its settings, raw. */
    describe: async (patience: Deadline, id: string): Promise<ObservedPool> => {
      const answer = ask(patience, 'DescribeUserPool', `user pool ${id}`, async (client, options) => {
        const command = new DescribeUserPoolCommand({ UserPoolId: id });
        const raw = keepAnswer(command);
        await client.send(command, options);
        return present(raw());
      });
      return (await orAbsent(answer)) ?? { kind: 'absent' };
    },
    /**
     * Sends a whole UpdateUserPool body, once: whoever tries again must describe the pool again first. Tells when AWS
     * answered, in milliseconds since the epoch by AWS's own clock.
     */
    update: (patience: Deadline, body: JsonObject): Promise<number | undefined> => {
      const id = stringAt(body, 'UserPoolId');
      const request: Send<number | undefined> = async (client, options) => {
        const command = new UpdateUserPoolCommand({ UserPoolId: id });
        const assertSent = sendRaw(command, body);
        const answeredAt = keepDate(command);
        await client.send(command, options);
        assertSent();
        return answeredAt();
      };
      return ask(patience, 'UpdateUserPool', `user pool ${id}`, request, send);
    },
    /** Does the pool have e-mail MFA? False for a pool that is not there, which `describe` tells. */
    emailMfa: async (patience: Deadline, id: string): Promise<boolean> => {
      const command = new GetUserPoolMfaConfigCommand({ UserPoolId: id });
      const answer = ask(patience, 'GetUserPoolMfaConfig', `user pool ${id}`, async (client, options) => {
        const { MfaConfiguration, EmailMfaConfiguration } = await client.send(command, options);
        if (MfaConfiguration === undefined) throw incomplete('GetUserPoolMfaConfig');
        return EmailMfaConfiguration !== undefined;
      });
      return (await orAbsent(answer)) ?? false;
    },
    /** Writes our tag on a pool, and nothing else. */
    tag: async (patience: Deadline, arn: string, value: string): Promise<void> => {
      const command = new TagResourceCommand({ ResourceArn: arn, Tags: { [poolTag]: value } });
      await ask(patience, 'TagResource', arn, (client, options) => client.send(command, options));
    },
    /** Takes our tag off a pool. */
    untag: async (patience: Deadline, arn: string): Promise<void> => {
      const command = new UntagResourceCommand({ ResourceArn: arn, TagKeys: [poolTag] });
      await ask(patience, 'UntagResource', arn, (client, options) => client.send(command, options));
    },
    /** Ids of one page of the Region's pools, with Cognito's token for the next. */
    list: async (patience: Deadline, token: string | undefined) => {
      const command = new ListUserPoolsCommand({ MaxResults: pageSize, NextToken: token });
      return ask(patience, 'ListUserPools', 'the user pools', async (client, options) => {
        const { UserPools: pools, NextToken: next } = await client.send(command, options);
        if (!pools) throw incomplete('ListUserPools');
        return { ids: pools.flatMap((pool) => pool?.Id ?? []), ...(next && { next }) };
      });
    },
  };
}

function present(answer: JsonObject): ObservedPool {
  const described = objectAt(answer, 'UserPool');
  const arn = parsePoolArn(stringAt(described, 'Arn') ?? '');
  if (!isObject(described) || !arn) throw incomplete('DescribeUserPool');
  const tag = stringAt(objectAt(described, 'UserPoolTags'), poolTag);
  const emailConfiguration = objectAt(described, 'EmailConfiguration');
  return { kind: 'present', at: Date.now(), arn, described, emailConfiguration, tag };
}

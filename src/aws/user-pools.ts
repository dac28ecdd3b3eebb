import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { parsePoolArn } from '../domain/arn';
import { isObject, type JsonObject, objectAt, stringAt } from '../domain/json';
import type { PoolObservation } from '../domain/observation';
import { poolTag } from '../domain/record';
import { incomplete, once, orAbsent, type Patience, patiently, type SendOptions } from './calls';
import type { Clients } from './clients';
import { keepAnswer, keepDate, sendRaw } from './raw-json';

/** Cognito user pools of one Region. Every function throws `Failure`, and never takes a failure for "absent". */
export type UserPools = ReturnType<typeof userPools>;

/** ListUserPools takes at most 60. */
const pageSize = 60;

/** Builds the user pools' room of one invocation. */
export function userPools({ cognito, region }: Clients) {
  type Send<T> = (client: CognitoIdentityProviderClient, options: SendOptions) => Promise<T>;
  const ask = <T>(patience: Patience, operation: string, thing: string, send: Send<T>, how = patiently) =>
    how(patience, { service: 'cognito-idp', operation, thing, region }, (options) => send(cognito, options));
  return {
    /** The pool with all its settings, raw. */
    describe: async (patience: Patience, id: string): Promise<PoolObservation> => {
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
    update: (patience: Patience, body: JsonObject): Promise<number | undefined> => {
      const id = stringAt(body, 'UserPoolId');
      const send: Send<number | undefined> = async (client, options) => {
        const command = new UpdateUserPoolCommand({ UserPoolId: id });
        const assertSent = sendRaw(command, body);
        const answeredAt = keepDate(command);
        await client.send(command, options);
        assertSent();
        return answeredAt();
      };
      return ask(patience, 'UpdateUserPool', `user pool ${id}`, send, once);
    },
    /** Does the pool have e-mail MFA? False for a pool that is not there, which `describe` tells. */
    emailMfa: async (patience: Patience, id: string): Promise<boolean> => {
      const command = new GetUserPoolMfaConfigCommand({ UserPoolId: id });
      const answer = ask(patience, 'GetUserPoolMfaConfig', `user pool ${id}`, async (client, options) => {
        const { MfaConfiguration, EmailMfaConfiguration } = await client.send(command, options);
        if (MfaConfiguration === undefined) throw incomplete('GetUserPoolMfaConfig');
        return EmailMfaConfiguration !== undefined;
      });
      return (await orAbsent(answer)) ?? false;
    },
    /** Writes our tag on a pool, and nothing else. */
    tag: async (patience: Patience, arn: string, value: string): Promise<void> => {
      const command = new TagResourceCommand({ ResourceArn: arn, Tags: { [poolTag]: value } });
      await ask(patience, 'TagResource', arn, (client, options) => client.send(command, options));
    },
    /** Takes our tag off a pool. */
    untag: async (patience: Patience, arn: string): Promise<void> => {
      const command = new UntagResourceCommand({ ResourceArn: arn, TagKeys: [poolTag] });
      await ask(patience, 'UntagResource', arn, (client, options) => client.send(command, options));
    },
    /** Ids of one page of the Region's pools, with Cognito's token for the next. */
    list: async (patience: Patience, token: string | undefined) => {
      const command = new ListUserPoolsCommand({ MaxResults: pageSize, NextToken: token });
      return ask(patience, 'ListUserPools', 'the user pools', async (client, options) => {
        const { UserPools: pools, NextToken: next } = await client.send(command, options);
        if (!pools) throw incomplete('ListUserPools');
        return { ids: pools.flatMap((pool) => pool?.Id ?? []), ...(next && { next }) };
      });
    },
  };
}

function present(answer: JsonObject): PoolObservation {
  const described = objectAt(answer, 'UserPool');
  const arn = parsePoolArn(stringAt(described, 'Arn') ?? '');
  if (!isObject(described) || !arn) throw incomplete('DescribeUserPool');
  const tag = stringAt(objectAt(described, 'UserPoolTags'), poolTag);
  const emailConfiguration = objectAt(described, 'EmailConfiguration');
  return { kind: 'present', at: Date.now(), arn, described, emailConfiguration, tag };
}

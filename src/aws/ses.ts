import {
  CreateEmailIdentityPolicyCommand,
  DeleteEmailIdentityPolicyCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  type SESv2Client,
  UpdateEmailIdentityPolicyCommand,
} from '@aws-sdk/client-sesv2';
import { HandlerError } from '../domain/errors';
import type { IdentityRef } from '../domain/identity-ref';
import type {
  ObservedAccount,
  ObservedConfigurationSet,
  ObservedIdentity,
  PresentIdentity,
} from '../domain/plan/observed';
import { sameMeaning } from '../domain/plan/sending-policy';
import type { Clients } from './clients';
import type { RateLimit } from './rate-limit';
import { type Deadline, incomplete, orAbsent, type SendOptions, withRetries } from './retry';
import { waitingFor } from './ses-verification';

/** A policy to put on an identity. */
interface PolicyToPut {
  readonly name: string;
  readonly policy: string;
  /** The identity had a policy of that name when it was last looked at. */
  readonly replaces: boolean;
}

/**
 * What the type asks of SES, in any Region. Every method keeps to the deadline and the rate limit that it was made with, retries
 * what is retryable, and throws `HandlerError`. Only SES's own NotFoundException means "absent".
 */
export interface Ses {
  /** Verification status and policies, from one call. */
  getEmailIdentity(identity: IdentityRef): Promise<ObservedIdentity>;
  getAccount(region: string): Promise<ObservedAccount>;
  getConfigurationSet(region: string, name: string): Promise<ObservedConfigurationSet>;
  /**
   * Creates or updates a policy, whether or not there is one by now. Where the answer cannot be read, the identity is looked at
   * to see whether the policy is there.
   */
  putEmailIdentityPolicy(identity: IdentityRef, policy: PolicyToPut): Promise<void>;
  /** Deletes a policy; a missing policy or identity is fine. An answer that cannot be read is handled as above. */
  deleteEmailIdentityPolicy(identity: IdentityRef, name: string): Promise<void>;
}

type Request<T> = (client: SESv2Client, options: SendOptions) => Promise<T>;

/** SES through the SDK's clients. */
export function sesOf({ ses: clientIn }: Clients, limit: RateLimit, deadline: Deadline): Ses {
  const inRegion =
    (region: string, resource: string) =>
    <T>(operation: string, request: Request<T>): Promise<T> =>
      withRetries(
        deadline,
        { service: 'ses', operation, resource, region },
        (options) => request(clientIn(region), options),
        limit.turn(region),
      );
  const onIdentity = ({ region, identity }: IdentityRef) => inRegion(region, `identity ${identity}`);

  const getEmailIdentity = async (identity: IdentityRef): Promise<ObservedIdentity> => {
    const answer = onIdentity(identity)('GetEmailIdentity', (client, options) => get(client, identity, options));
    return (await orAbsent(answer)) ?? { kind: 'absent' };
  };
  const put = (identity: IdentityRef, { name, policy, replaces }: PolicyToPut): Promise<void> => {
    const input = { EmailIdentity: identity.identity, PolicyName: name, Policy: policy };
    const request: Request<unknown> = (client, options) =>
      replaces
        ? client.send(new UpdateEmailIdentityPolicyCommand(input), options)
        : client.send(new CreateEmailIdentityPolicyCommand(input), options);
    const operation = `${replaces ? 'Update' : 'Create'}EmailIdentityPolicy`;
    const isThere = ({ policies }: PresentIdentity) => sameMeaning(policies[name] ?? '', policy);
    return onIdentity(identity)(operation, confirmedBy(identity, isThere, request));
  };
  return {
    getEmailIdentity,
    getAccount: (region) =>
      inRegion(region, 'the account')('GetAccount', async (client, options) => {
        const answer = await client.send(new GetAccountCommand({}), options);
        const { ProductionAccessEnabled: productionAccess, SendingEnabled, EnforcementStatus } = answer;
        if (productionAccess === undefined || SendingEnabled === undefined) throw incomplete('GetAccount');
        return { productionAccess, sendingEnabled: SendingEnabled && EnforcementStatus !== 'SHUTDOWN' };
      }),
    getConfigurationSet: async (region, name) => {
      const ask = inRegion(region, `configuration set ${name}`);
      const answer = ask('GetConfigurationSet', async (client, options) => {
        const command = new GetConfigurationSetCommand({ ConfigurationSetName: name });
        const { ConfigurationSetName: found, SendingOptions } = await client.send(command, options);
        if (found === undefined) throw incomplete('GetConfigurationSet');
        return { kind: 'present', sendingEnabled: SendingOptions?.SendingEnabled !== false } as const;
      });
      return (await orAbsent(answer)) ?? { kind: 'absent' };
    },
    putEmailIdentityPolicy: async (identity, policy) => {
      if (!policy.replaces) {
        // There may be one by now: from a request of ours whose answer was lost.
        return put(identity, policy).catch((error) => {
          if (error instanceof HandlerError && error.code === 'AlreadyExists')
            return put(identity, { ...policy, replaces: true });
          throw error;
        });
      }
      const updated = await orAbsent(put(identity, policy).then(() => getEmailIdentity(identity)));
      // It may be gone by now, and SES may answer the update of a missing policy with success.
      if (updated?.kind !== 'present' || updated.policies[policy.name] === undefined)
        await put(identity, { ...policy, replaces: false });
    },
    deleteEmailIdentityPolicy: async (identity, name) => {
      const input = { EmailIdentity: identity.identity, PolicyName: name };
      const request: Request<unknown> = (client, options) =>
        client.send(new DeleteEmailIdentityPolicyCommand(input), options);
      const isGone = ({ policies }: PresentIdentity) => policies[name] === undefined;
      // SES's documentation promises success for a missing policy, people have seen NotFoundException: both are "gone".
      await orAbsent(onIdentity(identity)('DeleteEmailIdentityPolicy', confirmedBy(identity, isGone, request)));
    },
  };
}

/** A write; where its answer is no JSON, `isDone` tells from what is there then whether it has happened. */
function confirmedBy(
  identity: IdentityRef,
  isDone: (seen: PresentIdentity) => boolean,
  write: Request<unknown>,
): Request<void> {
  return async (client, options) => {
    try {
      await write(client, options);
    } catch (error) {
      const isDoubtful = error instanceof Error && error.name === 'SyntaxError';
      if (!isDoubtful || !isDone(await get(client, identity, options))) throw error;
    }
  };
}

async function get(client: SESv2Client, { identity }: IdentityRef, options: SendOptions): Promise<PresentIdentity> {
  const answer = await client.send(new GetEmailIdentityCommand({ EmailIdentity: identity }), options);
  const { VerifiedForSendingStatus: verified, Policies: policies = {} } = answer;
  if (typeof verified !== 'boolean') throw incomplete('GetEmailIdentity');
  return { kind: 'present', verified, waitingFor: verified ? '' : waitingFor(answer, identity), policies };
}

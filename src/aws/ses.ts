import {
  CreateEmailIdentityPolicyCommand,
  DeleteEmailIdentityPolicyCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  type GetEmailIdentityCommandOutput,
  type SESv2Client,
  UpdateEmailIdentityPolicyCommand,
} from '@aws-sdk/client-sesv2';
import { isAddress } from '../domain/declaration/identity';
import { HandlerError } from '../domain/errors';
import type { IdentityRef } from '../domain/plan/desired';
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

/** SES identities of any Region. Every function throws `Failure`, and never takes a failure for "absent". */
export type Identities = ReturnType<typeof identities>;

/** SES for one invocation, whose calls keep `pace`. */
export function identities({ ses }: Clients, pace: RateLimit) {
  type Send<T> = (client: SESv2Client, options: SendOptions) => Promise<T>;
  const ask = <T>(patience: Deadline, operation: string, region: string, thing: string, send: Send<T>) =>
    withRetries(
      patience,
      { service: 'ses', operation, resource: thing, region },
      (options) => send(ses(region), options),
      pace.turn(region),
    );
  const onIdentity = <T>(patience: Deadline, operation: string, { region, identity }: IdentityRef, send: Send<T>) =>
    ask(patience, operation, region, `identity ${identity}`, send);

  /** Verification and policies of an identity, in one call. */
  const observe = async (patience: Deadline, place: IdentityRef): Promise<ObservedIdentity> => {
    const answer = onIdentity(patience, 'GetEmailIdentity', place, (client, options) => get(client, place, options));
    return (await orAbsent(answer)) ?? { kind: 'absent' };
  };
  /** A write; where its answer is no JSON, `holds` tells from what is there then whether it was done. */
  const write = (
    patience: Deadline,
    operation: string,
    place: IdentityRef,
    send: Send<unknown>,
    holds: (seen: PresentIdentity) => boolean,
  ): Promise<void> =>
    onIdentity(patience, operation, place, async (client, options) => {
      try {
        await send(client, options);
      } catch (error) {
        const doubtful = error instanceof Error && error.name === 'SyntaxError';
        if (!doubtful || !holds(await get(client, place, options))) throw error;
      }
    });
  const put = (
    patience: Deadline,
    place: IdentityRef,
    name: string,
    policy: string,
    update: boolean,
  ): Promise<void> => {
    const input = { EmailIdentity: place.identity, PolicyName: name, Policy: policy };
    const send: Send<unknown> = (client, options) =>
      update
        ? client.send(new UpdateEmailIdentityPolicyCommand(input), options)
        : client.send(new CreateEmailIdentityPolicyCommand(input), options);
    const operation = `${update ? 'Update' : 'Create'}EmailIdentityPolicy`;
    return write(patience, operation, place, send, ({ policies }) => sameMeaning(policies[name] ?? '', policy));
  };
  return {
    observe,
    account: (patience: Deadline, region: string): Promise<ObservedAccount> =>
      ask(patience, 'GetAccount', region, 'the account', async (client, options) => {
        const answer = await client.send(new GetAccountCommand({}), options);
        const { ProductionAccessEnabled: productionAccess, SendingEnabled, EnforcementStatus } = answer;
        if (productionAccess === undefined || SendingEnabled === undefined) throw incomplete('GetAccount');
        return { productionAccess, sendingEnabled: SendingEnabled && EnforcementStatus !== 'SHUTDOWN' };
      }),
    configurationSet: async (patience: Deadline, region: string, name: string): Promise<ObservedConfigurationSet> => {
      const command = new GetConfigurationSetCommand({ ConfigurationSetName: name });
      const answer = ask(
        patience,
        'GetConfigurationSet',
        region,
        `configuration set ${name}`,
        async (client, options) => {
          const { ConfigurationSetName: found, SendingOptions } = await client.send(command, options);
          if (found === undefined) throw incomplete('GetConfigurationSet');
          return { kind: 'present', sendingEnabled: SendingOptions?.SendingEnabled !== false } as const;
        },
      );
      return (await orAbsent(answer)) ?? { kind: 'absent' };
    },
    /** Makes the policy of that name be this document, whether or not there is one. `replaces`: there was one. */
    putPolicy: async (patience: Deadline, place: IdentityRef, name: string, policy: string, replaces: boolean) => {
      if (!replaces) {
        // It may have come meanwhile: an answer of ours that was lost.
        return put(patience, place, name, policy, false).catch((error) => {
          if (error instanceof HandlerError && error.code === 'AlreadyExists')
            return put(patience, place, name, policy, true);
          throw error;
        });
      }
      const updated = await orAbsent(put(patience, place, name, policy, true).then(() => observe(patience, place)));
      // It may have gone meanwhile, and SES may answer the update of a missing policy with success.
      if (updated?.kind !== 'present' || updated.policies[name] === undefined)
        await put(patience, place, name, policy, false);
    },
    /** Makes sure that there is no policy of that name; a missing policy or identity is fine. */
    deletePolicy: async (patience: Deadline, place: IdentityRef, name: string) => {
      const input = { EmailIdentity: place.identity, PolicyName: name };
      const send: Send<unknown> = (client, options) =>
        client.send(new DeleteEmailIdentityPolicyCommand(input), options);
      const isGone = ({ policies }: PresentIdentity) => policies[name] === undefined;
      // SES's documentation promises success for a missing policy, people have seen NotFoundException: both are "gone".
      await orAbsent(write(patience, 'DeleteEmailIdentityPolicy', place, send, isGone));
    },
  };
}

async function get(client: SESv2Client, place: IdentityRef, options: SendOptions): Promise<PresentIdentity> {
  return present(
    await client.send(new GetEmailIdentityCommand({ EmailIdentity: place.identity }), options),
    place.identity,
  );
}

function present(answer: GetEmailIdentityCommandOutput, identity: string): PresentIdentity {
  const { VerifiedForSendingStatus: verified } = answer;
  if (typeof verified !== 'boolean') throw incomplete('GetEmailIdentity');
  const policies = answer.Policies ?? {};
  return { kind: 'present', verified, waitingFor: verified ? '' : waitingFor(answer, identity), policies };
}

/** What SES needs before it calls an identity verified, as the rest of a sentence. */
function waitingFor(answer: GetEmailIdentityCommandOutput, identity: string): string {
  if (isAddress(identity)) {
    return `SES waits for a click on the link that it mailed to ${identity} (send it anew after 24 hours)`;
  }
  const { Tokens: tokens = [], SigningHostedZone: zone = 'dkim.amazonses.com' } = answer.DkimAttributes ?? {};
  const records = tokens.map((token) => `${token}._domainkey.${identity} CNAME ${token}.${zone}`);
  const what = records.length > 0 ? `these DNS records: ${records.join(', ')}` : 'the DNS records that it names';
  return `SES (${answer.VerificationStatus ?? 'PENDING'}) waits for ${what}${lastLook(answer)}`;
}

/** When SES last looked for a domain's records, what it found, and whom it asked: the rest of a sentence, as far as it says. */
function lastLook({ VerificationInfo: info = {} }: GetEmailIdentityCommandOutput): string {
  const { LastCheckedTimestamp: at, ErrorType: error, SOARecord: authority } = info;
  const parts = [
    at && `looked last at ${at.toISOString()}`,
    error && `found ${error}`,
    authority?.PrimaryNameServer && `asked the name server ${authority.PrimaryNameServer}`,
  ].filter((part) => part);
  return parts.length > 0 ? `; it ${parts.join(', ')}` : '';
}

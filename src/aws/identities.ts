import {
  CreateEmailIdentityPolicyCommand,
  DeleteEmailIdentityPolicyCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  type GetEmailIdentityCommandOutput,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEmailIdentityPolicyCommand,
} from '@aws-sdk/client-sesv2';
import type { Place } from '../domain/desired';
import { Failure } from '../domain/failure';
import { isAddress } from '../domain/identity';
import type { AccountObservation, ConfigurationSetObservation, IdentityObservation } from '../domain/observation';
import { type Patience, patiently } from './calls';
import type { Clients } from './clients';
import type { CallName } from './translate';

/** SES identities of any Region. Every function throws `Failure`, and never takes a failure for "absent". */
export interface Identities {
  /** Verification, policies and tags of an identity, in one call. */
  observe(patience: Patience, place: Place): Promise<IdentityObservation>;
  account(patience: Patience, region: string): Promise<AccountObservation>;
  configurationSet(patience: Patience, region: string, name: string): Promise<ConfigurationSetObservation>;
  /** Makes the policy of that name be this document, whether or not there is one. `replaces`: there was one. */
  putPolicy(patience: Patience, place: Place, name: string, policy: string, replaces: boolean): Promise<void>;
  /** Makes sure that there is no policy of that name; a missing policy or identity is fine. */
  deletePolicy(patience: Patience, place: Place, name: string): Promise<void>;
  /** `arn` is the identity's; a missing identity is an error. */
  tag(patience: Patience, place: Place, arn: string, key: string, value: string): Promise<void>;
  /** Makes sure that the identity does not carry the tag; a missing identity is fine. */
  untag(patience: Patience, place: Place, arn: string, key: string): Promise<void>;
}

const isNamed = (error: unknown, name: string) => error instanceof Error && error.name === name;

/** Builds the identities' room of one invocation. */
export function identities({ ses }: Clients): Identities {
  const call = (operation: string, { region, identity }: Place): CallName => ({
    service: 'ses',
    operation,
    thing: `identity ${identity}`,
    region,
  });
  const removed = (patience: Patience, name: CallName, send: (abortSignal: AbortSignal) => Promise<unknown>) =>
    patiently(patience, name, async (abortSignal) => {
      try {
        await send(abortSignal);
      } catch (error) {
        // SES's documentation says success for what is not there, people have seen NotFoundException: both are "gone".
        if (!isNamed(error, 'NotFoundException')) throw error;
      }
    });
  const room: Identities = {
    observe: (patience, place) =>
      patiently(patience, call('GetEmailIdentity', place), async (abortSignal) => {
        try {
          const command = new GetEmailIdentityCommand({ EmailIdentity: place.identity });
          return present(await ses(place.region).send(command, { abortSignal }), place.identity);
        } catch (error) {
          if (isNamed(error, 'NotFoundException')) return { kind: 'absent' };
          throw error;
        }
      }),
    account: (patience, region) =>
      patiently(
        patience,
        { service: 'ses', operation: 'GetAccount', thing: 'the account', region },
        async (abortSignal) => {
          const answer = await ses(region).send(new GetAccountCommand({}), { abortSignal });
          if (answer.ProductionAccessEnabled === undefined) throw halfAnAnswer('GetAccount');
          return {
            productionAccess: answer.ProductionAccessEnabled,
            sendingEnabled: answer.SendingEnabled !== false && answer.EnforcementStatus !== 'SHUTDOWN',
          };
        },
      ),
    configurationSet: (patience, region, name) => {
      const thing = `configuration set ${name}`;
      return patiently(
        patience,
        { service: 'ses', operation: 'GetConfigurationSet', thing, region },
        async (abortSignal) => {
          try {
            const command = new GetConfigurationSetCommand({ ConfigurationSetName: name });
            const answer = await ses(region).send(command, { abortSignal });
            return { kind: 'present', sendingEnabled: answer.SendingOptions?.SendingEnabled !== false };
          } catch (error) {
            if (isNamed(error, 'NotFoundException')) return { kind: 'absent' };
            throw error;
          }
        },
      );
    },
    putPolicy: async (patience, place, name, policy, replaces) => {
      const input = { EmailIdentity: place.identity, PolicyName: name, Policy: policy };
      // Between seeing and writing, the policy may have come (a lost answer of ours) or gone: each try may turn round.
      let update = replaces;
      await patiently(
        patience,
        call(`${update ? 'Update' : 'Create'}EmailIdentityPolicy`, place),
        async (abortSignal) => {
          try {
            if (!update) await ses(place.region).send(new CreateEmailIdentityPolicyCommand(input), { abortSignal });
          } catch (error) {
            if (!isNamed(error, 'AlreadyExistsException')) throw error;
            update = true;
          }
          if (update) await ses(place.region).send(new UpdateEmailIdentityPolicyCommand(input), { abortSignal });
        },
      );
      if (!replaces) return;
      // An update of a policy that is gone may be answered with success: look, and create it where it is not there.
      const seen = await room.observe(patience, place);
      if (seen.kind === 'present' && seen.policies[name] === undefined) {
        await room.putPolicy(patience, place, name, policy, false);
      }
    },
    deletePolicy: (patience, place, name) =>
      removed(patience, call('DeleteEmailIdentityPolicy', place), (abortSignal) => {
        const command = new DeleteEmailIdentityPolicyCommand({ EmailIdentity: place.identity, PolicyName: name });
        return ses(place.region).send(command, { abortSignal });
      }),
    tag: (patience, place, arn, key, value) =>
      patiently(patience, call('TagResource', place), async (abortSignal) => {
        const command = new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: key, Value: value }] });
        await ses(place.region).send(command, { abortSignal });
      }),
    untag: (patience, place, arn, key) =>
      removed(patience, call('UntagResource', place), (abortSignal) =>
        ses(place.region).send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: [key] }), { abortSignal }),
      ),
  };
  return room;
}

function halfAnAnswer(operation: string): Failure {
  return new Failure('server', `${operation} answered without what it is for: try again later.`, true);
}

function present(answer: GetEmailIdentityCommandOutput, identity: string): IdentityObservation {
  if (answer.VerifiedForSendingStatus === undefined) throw halfAnAnswer('GetEmailIdentity');
  const tags = (answer.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']);
  return {
    kind: 'present',
    verified: answer.VerifiedForSendingStatus,
    waitingFor: answer.VerifiedForSendingStatus ? '' : waitingFor(answer, identity),
    policies: answer.Policies ?? {},
    tags: Object.fromEntries(tags),
  };
}

/** What SES needs before it calls an identity verified, as the rest of a sentence. */
function waitingFor(answer: GetEmailIdentityCommandOutput, identity: string): string {
  if (isAddress(identity)) {
    return `SES waits for a click on the link that it mailed to ${identity} (send it anew after 24 hours)`;
  }
  const { Tokens: tokens = [], SigningHostedZone: zone = 'dkim.amazonses.com' } = answer.DkimAttributes ?? {};
  const records = tokens.map((token) => `${token}._domainkey.${identity} CNAME ${token}.${zone}`);
  const what = records.length > 0 ? `these DNS records: ${records.join(', ')}` : 'the DNS records that it names';
  return `SES (${answer.VerificationStatus ?? 'PENDING'}) waits for ${what}`;
}

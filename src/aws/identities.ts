import {
  CreateEmailIdentityPolicyCommand,
  DeleteEmailIdentityPolicyCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  type GetEmailIdentityCommandOutput,
  type SESv2Client,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEmailIdentityPolicyCommand,
} from '@aws-sdk/client-sesv2';
import type { Place } from '../domain/desired';
import { Failure } from '../domain/failure';
import { isAddress } from '../domain/identity';
import type { AccountObservation, ConfigurationSetObservation, IdentityObservation } from '../domain/observation';
import { incomplete, orAbsent, type Patience, patiently, type SendOptions } from './calls';
import type { Clients } from './clients';

/** SES identities of any Region. Every function throws `Failure`, and never takes a failure for "absent". */
export type Identities = ReturnType<typeof identities>;

/** Builds the identities' room of one invocation. */
export function identities({ ses }: Clients) {
  type Send<T> = (client: SESv2Client, options: SendOptions) => Promise<T>;
  const ask = <T>(patience: Patience, operation: string, region: string, thing: string, send: Send<T>) =>
    patiently(patience, { service: 'ses', operation, thing, region }, (options) => send(ses(region), options));
  const onIdentity = <T>(patience: Patience, operation: string, { region, identity }: Place, send: Send<T>) =>
    ask(patience, operation, region, `identity ${identity}`, send);

  /** Verification, policies and tags of an identity, in one call. */
  const observe = async (patience: Patience, place: Place): Promise<IdentityObservation> => {
    const command = new GetEmailIdentityCommand({ EmailIdentity: place.identity });
    const answer = onIdentity(patience, 'GetEmailIdentity', place, async (client, options) =>
      present(await client.send(command, options), place.identity),
    );
    return (await orAbsent(answer)) ?? { kind: 'absent' };
  };
  const hasPolicy = async (patience: Patience, place: Place, name: string) => {
    const seen = await observe(patience, place);
    return seen.kind === 'present' && seen.policies[name] !== undefined;
  };
  return {
    observe,
    account: (patience: Patience, region: string): Promise<AccountObservation> =>
      ask(patience, 'GetAccount', region, 'the account', async (client, options) => {
        const answer = await client.send(new GetAccountCommand({}), options);
        const { ProductionAccessEnabled: productionAccess, SendingEnabled, EnforcementStatus } = answer;
        if (productionAccess === undefined || SendingEnabled === undefined) throw incomplete('GetAccount');
        return { productionAccess, sendingEnabled: SendingEnabled && EnforcementStatus !== 'SHUTDOWN' };
      }),
    configurationSet: async (
      patience: Patience,
      region: string,
      name: string,
    ): Promise<ConfigurationSetObservation> => {
      const command = new GetConfigurationSetCommand({ ConfigurationSetName: name });
      const answer = await orAbsent(
        ask(patience, 'GetConfigurationSet', region, `configuration set ${name}`, (client, options) =>
          client.send(command, options),
        ),
      );
      if (!answer) return { kind: 'absent' };
      return { kind: 'present', sendingEnabled: answer.SendingOptions?.SendingEnabled !== false };
    },
    /** Makes the policy of that name be this document, whether or not there is one. `replaces`: there was one. */
    putPolicy: async (patience: Patience, place: Place, name: string, policy: string, replaces: boolean) => {
      const input = { EmailIdentity: place.identity, PolicyName: name, Policy: policy };
      const create = () =>
        onIdentity(patience, 'CreateEmailIdentityPolicy', place, (client, options) =>
          client.send(new CreateEmailIdentityPolicyCommand(input), options),
        );
      const update = () =>
        onIdentity(patience, 'UpdateEmailIdentityPolicy', place, (client, options) =>
          client.send(new UpdateEmailIdentityPolicyCommand(input), options),
        );
      if (!replaces) {
        // It may have come meanwhile: an answer of ours that was lost.
        await create().catch((error) => {
          if (error instanceof Failure && error.kind === 'already-exists') return update();
          throw error;
        });
      } else if ((await orAbsent(update())) === undefined || !(await hasPolicy(patience, place, name))) {
        // It may have gone meanwhile, and SES may answer the update of a missing policy with success.
        await create();
      }
    },
    /** Makes sure that there is no policy of that name; a missing policy or identity is fine. */
    deletePolicy: async (patience: Patience, place: Place, name: string) => {
      const command = new DeleteEmailIdentityPolicyCommand({ EmailIdentity: place.identity, PolicyName: name });
      // SES's documentation promises success for a missing policy, people have seen NotFoundException: both are "gone".
      await orAbsent(
        onIdentity(patience, 'DeleteEmailIdentityPolicy', place, (client, options) => client.send(command, options)),
      );
    },
    /** `arn` is the identity's; a missing identity is an error. */
    tag: async (patience: Patience, place: Place, arn: string, key: string, value: string) => {
      const command = new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: key, Value: value }] });
      await onIdentity(patience, 'TagResource', place, (client, options) => client.send(command, options));
    },
    /** Makes sure that the identity does not carry the tag; a missing identity is fine. */
    untag: async (patience: Patience, place: Place, arn: string, key: string) => {
      const command = new UntagResourceCommand({ ResourceArn: arn, TagKeys: [key] });
      await orAbsent(onIdentity(patience, 'UntagResource', place, (client, options) => client.send(command, options)));
    },
  };
}

function present(answer: GetEmailIdentityCommandOutput, identity: string): IdentityObservation {
  const { VerifiedForSendingStatus: verified } = answer;
  if (typeof verified !== 'boolean') throw incomplete('GetEmailIdentity');
  const policies = answer.Policies ?? {};
  const tags = Object.fromEntries((answer.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  return { kind: 'present', verified, waitingFor: verified ? '' : waitingFor(answer, identity), policies, tags };
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

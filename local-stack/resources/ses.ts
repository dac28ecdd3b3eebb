import {
  CreateConfigurationSetCommand,
  CreateEmailIdentityCommand,
  DeleteConfigurationSetCommand,
  DeleteEmailIdentityCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { Json, JsonObject } from '../../emulator/types';
import { asking, clientOf, type ResourceType, type StackContext } from './type';

const sesOf = (site: StackContext) => new SESv2Client(clientOf(site));

/** AWS::SES::EmailIdentity: made unverified, and verified once somebody has looked at it. */
export const emailIdentity: ResourceType = {
  createOnly: ['EmailIdentity'],
  create: async (site, properties) => {
    const name = String(properties['EmailIdentity'] ?? '');
    notApplied(site, properties, ['EmailIdentity', 'Tags']);
    const { Tags } = properties as { Tags?: { Key: string; Value: string }[] };
    const input = { EmailIdentity: name, ...(Tags && { Tags }) };
    const { DkimAttributes } = await asking(sesOf(site).send(new CreateEmailIdentityCommand(input)));
    verifyOnceSeen(site, name);
    const records = (DkimAttributes?.Tokens ?? []).flatMap((token, index) => [
      [`DkimDNSTokenName${index + 1}`, `${token}._domainkey.${name}`],
      [`DkimDNSTokenValue${index + 1}`, `${token}.dkim.amazonses.com`],
    ]);
    const attributes: JsonObject = Object.fromEntries(records);
    return { ref: name, attribute: (attribute) => attributes[attribute] };
  },
  update: async (_site, made) => made,
  remove: async (site, made) => {
    await asking(sesOf(site).send(new DeleteEmailIdentityCommand({ EmailIdentity: made.ref })));
  },
};

/** AWS::SES::ConfigurationSet. */
export const configurationSet: ResourceType = {
  createOnly: ['Name'],
  create: async (site, properties) => {
    const name = String(properties['Name'] ?? 'example');
    notApplied(site, properties, ['Name', 'SendingOptions']);
    const { SendingEnabled } = (properties['SendingOptions'] ?? {}) as { SendingEnabled?: Json };
    const input = {
      ConfigurationSetName: name,
      SendingOptions: { SendingEnabled: String(SendingEnabled) !== 'false' },
    };
    await asking(sesOf(site).send(new CreateConfigurationSetCommand(input)));
    return { ref: name, attribute: () => undefined };
  },
  update: async (_site, made) => made,
  remove: async (site, made) => {
    await asking(sesOf(site).send(new DeleteConfigurationSetCommand({ ConfigurationSetName: made.ref })));
  },
};

function notApplied({ report }: StackContext, properties: JsonObject, applied: readonly string[]): void {
  const left = Object.keys(properties).filter((name) => !applied.includes(name));
  if (left.length > 0) report.line(`not applied: ${left.join(', ')}`);
}

/** Its owner follows the link, or publishes the records, after the first look: a setup that waits is seen waiting. */
function verifyOnceSeen({ aws, region, report }: StackContext, name: string): void {
  const others = aws.afterCall;
  aws.afterCall = (call) => {
    others?.(call);
    const identity = aws.region(region).ses.identities.get(name);
    const seen =
      call.operation === 'GetEmailIdentity' && call.region === region && call.input['EmailIdentity'] === name;
    if (!seen || !identity || identity.verified) return;
    identity.verified = true;
    report.line(`${name} is verified in ${region} from now on`);
  };
}

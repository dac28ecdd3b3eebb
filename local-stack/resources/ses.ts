import {
  CreateConfigurationSetCommand,
  CreateEmailIdentityCommand,
  DeleteConfigurationSetCommand,
  DeleteEmailIdentityCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { Json, JsonObject } from '../../emulator/types';
import type { StackContext } from '../stack-context';
import type { ResourceType } from './resource-type';
import { clientConfig, withOperationErrors } from './sdk';

const sesOf = (context: StackContext) => new SESv2Client(clientConfig(context));

/** AWS::SES::EmailIdentity: created unverified, and verified after the first GetEmailIdentity. */
export const emailIdentity: ResourceType = {
  createOnly: ['EmailIdentity'],
  create: async (context, properties) => {
    const name = String(properties['EmailIdentity'] ?? '');
    reportUnsupportedProperties(context, properties, ['EmailIdentity', 'Tags']);
    const { Tags } = properties as { Tags?: { Key: string; Value: string }[] };
    const input = { EmailIdentity: name, ...(Tags && { Tags }) };
    const { DkimAttributes } = await withOperationErrors(sesOf(context).send(new CreateEmailIdentityCommand(input)));
    verifyAfterFirstRead(context, name);
    const records = (DkimAttributes?.Tokens ?? []).flatMap((token, index) => [
      [`DkimDNSTokenName${index + 1}`, `${token}._domainkey.${name}`],
      [`DkimDNSTokenValue${index + 1}`, `${token}.dkim.amazonses.com`],
    ]);
    const attributes: JsonObject = Object.fromEntries(records);
    return { ref: name, attribute: (attribute) => attributes[attribute] };
  },
  update: async (_context, { values }) => values,
  delete: async (context, values) => {
    await withOperationErrors(sesOf(context).send(new DeleteEmailIdentityCommand({ EmailIdentity: values.ref })));
  },
};

/** AWS::SES::ConfigurationSet. */
export const configurationSet: ResourceType = {
  createOnly: ['Name'],
  create: async (context, properties) => {
    const name = String(properties['Name'] ?? 'example');
    reportUnsupportedProperties(context, properties, ['Name', 'SendingOptions']);
    const { SendingEnabled } = (properties['SendingOptions'] ?? {}) as { SendingEnabled?: Json };
    const input = {
      ConfigurationSetName: name,
      SendingOptions: { SendingEnabled: String(SendingEnabled) !== 'false' },
    };
    await withOperationErrors(sesOf(context).send(new CreateConfigurationSetCommand(input)));
    return { ref: name, attribute: () => undefined };
  },
  update: async (_context, { values }) => values,
  delete: async (context, values) => {
    await withOperationErrors(
      sesOf(context).send(new DeleteConfigurationSetCommand({ ConfigurationSetName: values.ref })),
    );
  },
};

function reportUnsupportedProperties(
  { report }: StackContext,
  properties: JsonObject,
  supported: readonly string[],
): void {
  const unsupported = Object.keys(properties).filter((name) => !supported.includes(name));
  if (unsupported.length > 0) report.line(`not applied: ${unsupported.join(', ')}`);
}

/** Verifies an identity after its first GetEmailIdentity, so that a setup that waits for it is seen to wait. */
function verifyAfterFirstRead({ aws, region, report }: StackContext, name: string): void {
  const previous = aws.afterCall;
  aws.afterCall = (call) => {
    previous?.(call);
    const identity = aws.region(region).ses.identities.get(name);
    const isRead =
      call.operation === 'GetEmailIdentity' && call.region === region && call.input['EmailIdentity'] === name;
    if (!isRead || !identity || identity.verified) return;
    identity.verified = true;
    report.line(`${name} is verified in ${region} from now on`);
  };
}

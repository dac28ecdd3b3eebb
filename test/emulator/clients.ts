import {
  CognitoIdentityProviderClient,
  UpdateUserPoolCommand,
  type UpdateUserPoolRequest,
} from '@aws-sdk/client-cognito-identity-provider';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import type { EmbeddedAws } from '../../emulator/index';
import type { JsonObject } from '../../emulator/types';

/** A client of each service, without retries. */
export function clientsOf(aws: EmbeddedAws, region: string, credentials = aws.credentials()) {
  const config = { region, endpoint: aws.url, credentials, maxAttempts: 1 };
  return { cognito: new CognitoIdentityProviderClient(config), ses: new SESv2Client(config) };
}

/** Sends an UpdateUserPool with exactly these members: the SDK's own model would drop those that it does not know. */
export async function updateRaw(aws: EmbeddedAws, region: string, id: string, input: JsonObject): Promise<void> {
  const command = new UpdateUserPoolCommand({ UserPoolId: id } satisfies UpdateUserPoolRequest);
  command.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { body: JSON.stringify({ UserPoolId: id, ...input }) });
      return next(args);
    },
    { step: 'build', priority: 'high', name: 'raw' },
  );
  await clientsOf(aws, region).cognito.send(command);
}

/** A sending policy on an identity, which lets a Cognito principal send for one pool. */
export function sendingPolicy(principal: string, identityArn: string, poolArn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: [principal] },
        Action: ['SES:SendEmail', 'SES:SendRawEmail'],
        Resource: identityArn,
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnLike: { 'aws:SourceArn': poolArn },
        },
      },
    ],
  });
}

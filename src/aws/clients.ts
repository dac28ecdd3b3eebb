import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import type { Timeouts } from '../domain/timeouts';
import { demandJson } from './raw-json';

/** Access keys as CloudFormation hands them over with each request. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The SDK clients of one invocation: Cognito in the stack's Region, SES in any, over one pool of connections. */
export interface Clients {
  readonly region: string;
  readonly cognito: CognitoIdentityProviderClient;
  readonly ses: (region: string) => SESv2Client;
}

/** The clients of one invocation. The SDK's own retries are off: `retry.ts` is the one retry layer. */
export function clientsFor(credentials: Credentials, region: string, { idleConnectionTimeout }: Timeouts): Clients {
  // Each invocation has its own connections, and a process that answers page after page of List would gather them.
  const agent = { timeout: idleConnectionTimeout };
  const connections = { requestHandler: { httpAgent: agent, httpsAgent: agent } };
  const cognito = demandJson(
    new CognitoIdentityProviderClient({ region, credentials, maxAttempts: 1, ...connections }),
  );
  const { requestHandler } = cognito.config;
  const byRegion = new Map<string, SESv2Client>();
  return {
    region,
    cognito,
    ses: (sesRegion) => {
      const known = byRegion.get(sesRegion);
      if (known) return known;
      const client = demandJson(new SESv2Client({ region: sesRegion, credentials, maxAttempts: 1, requestHandler }));
      byRegion.set(sesRegion, client);
      return client;
    },
  };
}

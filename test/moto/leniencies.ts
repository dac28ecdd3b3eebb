import type { JsonObject } from '../../emulator/types';

/** Asks moto something, with the headers of the request that is being answered. */
type Ask = (path: string, how?: RequestInit) => Promise<Response>;

/** Where moto is not as AWS is: what it lacks, or which of its answers is mended. */
export type Amendment =
  | { readonly kind: 'lacks'; readonly concerns: Concerns; readonly answer: JsonObject }
  | {
      readonly kind: 'mends';
      readonly concerns: Concerns;
      readonly mend: (
        answer: JsonObject,
        url: string,
        headers: Record<string, string>,
        ask: Ask,
      ) => Promise<JsonObject>;
    };
type Concerns = (method: string, url: string) => boolean;

const identityPath = /^\/v2\/email\/identities\/([^/]+)$/;

/** What moto 5.2.5 needs to be mended in before the type can run on it at all. */
export const amendments: readonly Amendment[] = [
  {
    // SESv2's GetAccount is not there.
    kind: 'lacks',
    concerns: (method, url) => method === 'GET' && url === '/v2/email/account',
    answer: { ProductionAccessEnabled: true, SendingEnabled: true, EnforcementStatus: 'HEALTHY' },
  },
  {
    // An identity is never verified for sending, and shows the tags of its creation for ever.
    kind: 'mends',
    concerns: (method, url) => method === 'GET' && identityPath.test(url),
    mend: async (answer, url, headers, ask) => {
      const name = decodeURIComponent(identityPath.exec(url)?.[1] ?? '');
      const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers['authorization'] ?? '')?.[1];
      const arn = `arn:aws:ses:${region}:123456789012:identity/${name}`;
      const tags = await ask(`/v2/email/tags?ResourceArn=${encodeURIComponent(arn)}`);
      return { ...answer, VerifiedForSendingStatus: true, Tags: ((await tags.json()) as JsonObject)['Tags'] ?? [] };
    },
  },
];

/**
 * What moto accepts though AWS refuses it. Nothing here depends on it; the refusals are proven on the embedded AWS, and
 * each of these is shown to be true, so that the list does not outlive moto's mending.
 */
export const accepts = {
  'an EmailConfiguration with an identity that does not exist': { SourceArn: 'of nobody' },
  'DEVELOPER without SourceArn': { EmailSendingAccount: 'DEVELOPER' },
} as const;

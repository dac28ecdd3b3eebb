import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accounts, type RegionState } from './accounts';
import { handleCloudWatchLogs } from './cloudwatch/operations';
import { handleCognito } from './cognito/operations';
import { cognitoRefusal, Refusal, sesRefusal } from './errors';
import { rateLimiter } from './rate-limiter';
import { dated, injectFault, refuse } from './responses';
import { handleSes, sesRequest } from './ses/operations';
import { isSignedBy, type Scope, scopeOf } from './signature';
import { handleSts } from './sts';
import type { Behaviours, Call, Credentials, Fault, JsonObject } from './types';

export type { RegionState } from './accounts';

/** A local stand-in for Cognito user pools, SES and what `cfn test` needs: strict where AWS is strict. */
export interface EmbeddedAws {
  readonly url: string;
  /** May be changed at any time. */
  readonly modes: Behaviours;
  /** Every authenticated call, in order of arrival. */
  readonly calls: Call[];
  credentials(account?: string): Credentials;
  region(name: string, account?: string): RegionState;
  /** Decides the fate of each call, before it has any effect; undefined: it is answered. */
  intercept: ((call: Call) => Fault | undefined | Promise<Fault | undefined>) | undefined;
  /** Called after each call's effect and before its answer, which waits for a promise: somebody else at work. */
  afterCall: ((call: Call) => unknown) | undefined;
  /** Calls a second for each account and Region; undefined: no limit. */
  readonly limits: { ses: number | undefined; cognito: number | undefined };
  /** What `POST /2015-03-31/functions/NAME/invocations` invokes. */
  lambda: ((payload: JsonObject) => Promise<JsonObject>) | undefined;
  close(): Promise<void>;
}

const defaultModes: Behaviours = {
  tags: 'replace',
  omittedEmailConfiguration: 'reset',
  partialEmailConfiguration: 'replace',
  unknownMembers: 'accept',
  defaultSenderFrom: 'refuse',
  wildcardSourceArn: 'accept',
  absentPolicy: 'not-found',
  defaultSenderWithEmailMfa: 'refuse',
  grantVisibleAfterMs: 0,
  verificationVisibleAfterMs: 0,
  unseenVerification: 'not-verified',
};
const defaultAccount = '111122223333';

/** What a request asks for, once it is known who asks. */
interface Asked {
  readonly call: Call;
  /** Has the effect and answers; throws `Refusal`. */
  readonly act: () => string;
  readonly contentType: string;
}

/** Starts the embedded AWS on a loopback address. */
export async function startAws(options: { modes?: Partial<Behaviours>; port?: number } = {}): Promise<EmbeddedAws> {
  const modes: Behaviours = { ...defaultModes, ...options.modes };
  const all = accounts(modes);
  const passes = rateLimiter();
  const server = createServer((request, response) => {
    serve(request, response).catch((error) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end(String(error));
    });
  });
  server.keepAliveTimeout = 60_000;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname.startsWith('/2015-03-31/functions/')) return invoke(body, response);
    const scope = scopeOf(request);
    const flavour = scope?.service === 'ses' ? sesRefusal : cognitoRefusal;
    let call: Call | undefined;
    let fault: Fault | undefined;
    try {
      const asked = ask(request, url, body, scope, flavour);
      call = asked.call;
      aws.calls.push(call);
      fault = await aws.intercept?.(call);
      if (fault && (await injectFault(fault, response))) return;
      const limit = limitOf(call.service);
      // SES counts single calls, "no more than once per second"; Cognito counts a second's worth.
      const burst = call.service === 'ses' ? 1 : Math.max(1, limit ?? 1);
      if (limit !== undefined && !passes(`${call.service}/${call.account}/${call.region}`, limit, burst)) {
        throw flavour('TooManyRequestsException', 'Rate exceeded');
      }
      const answer = asked.act();
      // The answer is written now; whatever somebody else does before it arrives is done after its `Date`.
      const headers = dated(asked.contentType);
      await aws.afterCall?.(call);
      call.status = 200;
      if (fault?.kind === 'lost-answer') response.socket?.destroy();
      else response.writeHead(200, headers).end(answer);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (call) Object.assign(call, { status: error.status, error: error.code });
      if (fault?.kind === 'lost-answer') response.socket?.destroy();
      else refuse(response, call?.service, error);
    }
  };

  const limitOf = (service: Call['service']) =>
    service === 'ses' ? aws.limits.ses : service === 'cognito-idp' ? aws.limits.cognito : undefined;

  const invoke = async (body: Buffer, response: ServerResponse): Promise<void> => {
    const answer = await aws.lambda?.(JSON.parse(body.toString()) as JsonObject);
    response.writeHead(200, dated('application/json')).end(JSON.stringify(answer ?? null));
  };

  const ask = (
    request: IncomingMessage,
    url: URL,
    body: Buffer,
    scope: Scope | undefined,
    flavour: typeof sesRefusal,
  ): Asked => {
    if (!scope) throw flavour('MissingAuthenticationTokenException', 'Missing Authentication Token');
    const owner = all.owner(scope.accessKeyId);
    if (!owner || request.headers['x-amz-security-token'] !== owner.credentials.sessionToken) {
      throw flavour('UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    if (!isSignedBy(request, body, scope, owner.credentials.secretAccessKey)) {
      throw flavour(
        'InvalidSignatureException',
        'The request signature we calculated does not match the signature you provided.',
      );
    }
    const { region } = scope;
    const { account } = owner;
    const make = (service: Call['service'], operation: string, input: JsonObject): Call => ({
      index: aws.calls.length,
      service,
      operation,
      region,
      account,
      input,
      at: Date.now(),
    });
    if (scope.service === 'sts') {
      const operation = new URLSearchParams(body.toString()).get('Action') ?? '';
      const act = () => handleSts(operation, account, owner.credentials);
      return { call: make('sts', operation, {}), act, contentType: 'text/xml' };
    }
    const json = jsonOf(body, flavour);
    const world = all.world(region, account);
    if (scope.service === 'ses') {
      const { operation, input } = sesRequest(request.method ?? 'GET', url, json);
      const context = { world: world.ses, modes, arnPrefix: all.arnPrefix('ses', region, account), input };
      const act = () => JSON.stringify(handleSes(operation, context));
      return { call: make('ses', operation, input), act, contentType: 'application/json' };
    }
    const [, operation = ''] = /^\w+\.(.*)$/.exec(String(request.headers['x-amz-target'] ?? '')) ?? [];
    if (scope.service === 'logs') {
      const act = () => JSON.stringify(handleCloudWatchLogs(operation, world.cloudWatch, json));
      return { call: make(scope.service, operation, json), act, contentType: 'application/x-amz-json-1.1' };
    }
    const context = {
      world: world.cognito,
      input: json,
      arnPrefix: all.arnPrefix('cognito-idp', region, account),
      email: ({ id }: { id: string }) => all.emailContext(region, account, id),
    };
    const act = () => JSON.stringify(handleCognito(operation, context));
    return { call: make('cognito-idp', operation, json), act, contentType: 'application/x-amz-json-1.1' };
  };

  const aws: EmbeddedAws = {
    url: '',
    modes,
    calls: [],
    credentials: (account = defaultAccount) => all.credentials(account),
    region: (name, account = defaultAccount) => all.world(name, account),
    intercept: undefined,
    afterCall: undefined,
    limits: { ses: undefined, cognito: undefined },
    lambda: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return Object.assign(aws, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

/** The JSON object of a request's body; a request without a body has no members. */
function jsonOf(body: Buffer, flavour: typeof sesRefusal): JsonObject {
  if (body.length === 0) return {};
  try {
    const json: unknown = JSON.parse(body.toString());
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as JsonObject;
  } catch {
    // The refusal below says it.
  }
  throw flavour('SerializationException', 'The body is not a JSON object.');
}

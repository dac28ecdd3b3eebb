import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accounts, type RegionState } from './accounts';
import { authenticate } from './authenticate';
import { type Behaviours, defaultBehaviours } from './behaviours';
import { dispatch } from './dispatch';
import { AwsException, cognitoException, sesException } from './errors';
import { injectFault } from './faults';
import { rateLimiter } from './rate-limiter';
import { responseHeaders, sendException } from './responses';
import { parseCredentialScope } from './signature';
import type { Call, Credentials, Fault, JsonObject } from './types';

export type { RegionState } from './accounts';

/** A local Cognito user pools, SES, CloudWatch Logs and STS: strict where AWS is strict. */
export interface EmbeddedAws {
  readonly url: string;
  /** May be changed at any time. */
  readonly behaviours: Behaviours;
  /** Every authenticated call, in order of arrival. */
  readonly calls: Call[];
  credentials(account?: string): Credentials;
  region(name: string, account?: string): RegionState;
  /** Called for each call before it has any effect. Returns the fault to inject; undefined: none. */
  intercept: ((call: Call) => Fault | undefined | Promise<Fault | undefined>) | undefined;
  /** Called after each call's effect. The response waits for its promise: a test can change something in between. */
  afterCall: ((call: Call) => unknown) | undefined;
  /** Calls a second for each account and Region; undefined: no limit. */
  readonly limits: { ses: number | undefined; cognito: number | undefined };
  /** What `POST /2015-03-31/functions/NAME/invocations` invokes. */
  lambda: ((payload: JsonObject) => Promise<JsonObject>) | undefined;
  close(): Promise<void>;
}

const defaultAccount = '111122223333';

/** Starts the embedded AWS on a loopback address, at a free port unless one is given. */
export async function startAws(
  options: { behaviours?: Partial<Behaviours>; port?: number } = {},
): Promise<EmbeddedAws> {
  const behaviours: Behaviours = { ...defaultBehaviours, ...options.behaviours };
  const all = accounts(behaviours);
  const mayPass = rateLimiter();
  const server = createServer((request, response) => {
    respond(request, response).catch((error) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end(String(error));
    });
  });
  server.keepAliveTimeout = 60_000;

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (request.url?.startsWith('/2015-03-31/functions/')) return invokeLambda(body, response);
    const scope = parseCredentialScope(request);
    const exceptionFor = scope?.service === 'ses' ? sesException : cognitoException;
    let call: Call | undefined;
    let fault: Fault | undefined;
    try {
      const caller = authenticate({ request, body, scope }, all, exceptionFor);
      const { service, operation, input, run, contentType } = dispatch(request, body, caller, {
        accounts: all,
        behaviours,
        exceptionFor,
      });
      const { region, account } = caller;
      call = { index: aws.calls.length, service, operation, region, account, input, at: Date.now() };
      aws.calls.push(call);
      fault = await aws.intercept?.(call);
      if (fault && (await injectFault(fault, response))) return;
      if (isThrottled(call)) throw exceptionFor('TooManyRequestsException', 'Rate exceeded');
      const responseBody = run();
      // The `Date` is that of the call's effect: what `afterCall` changes comes later.
      const headers = responseHeaders(contentType);
      await aws.afterCall?.(call);
      call.status = 200;
      if (fault?.kind === 'lost-answer') response.socket?.destroy();
      else response.writeHead(200, headers).end(responseBody);
    } catch (error) {
      if (!(error instanceof AwsException)) throw error;
      if (call) Object.assign(call, { status: error.status, error: error.code });
      if (fault?.kind === 'lost-answer') response.socket?.destroy();
      else sendException(response, call?.service, error);
    }
  };

  const isThrottled = ({ service, account, region }: Call): boolean => {
    const limit = service === 'ses' ? aws.limits.ses : service === 'cognito-idp' ? aws.limits.cognito : undefined;
    if (limit === undefined) return false;
    // SES counts single calls, "no more than once per second"; Cognito counts a second's worth.
    const burst = service === 'ses' ? 1 : Math.max(1, limit);
    return !mayPass(`${service}/${account}/${region}`, { perSecond: limit, burst });
  };

  const invokeLambda = async (body: Buffer, response: ServerResponse): Promise<void> => {
    const result = await aws.lambda?.(JSON.parse(body.toString()) as JsonObject);
    response.writeHead(200, responseHeaders('application/json')).end(JSON.stringify(result ?? null));
  };

  const aws: EmbeddedAws = {
    url: '',
    behaviours,
    calls: [],
    credentials: (account = defaultAccount) => all.credentials(account),
    region: (name, account = defaultAccount) => all.regionState(name, account),
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

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonEnvironment } from '../../scripts/python-environment';
import { type Amendment, amendments } from './leniencies';

/** An AWS that nobody here wrote, with what it is known to lack or to get wrong mended on the way. */
export interface Moto {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts `moto_server` and, in front of it, what hands every request on and mends the answers that `leniencies.ts` lists. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const moto = spawn(join(pythonEnvironment(), 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
  });
  const origin = `http://127.0.0.1:${port}`;
  await isUp(moto, origin);
  const front = createServer((request, response) => {
    pass(origin, request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  front.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    close: async () => {
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
      const ended = once(moto, 'exit');
      moto.kill();
      await ended;
    },
  };
}

async function pass(origin: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = 'GET', url = '/' } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name)),
  ) as Record<string, string>;
  const ask = (path: string, how: RequestInit = {}) => fetch(`${origin}${path}`, { headers, ...how });
  const body = Buffer.concat(chunks);
  const amendment: Amendment | undefined = amendments.find((one) => one.concerns(method, url));
  if (amendment?.kind === 'lacks') return answer(response, 200, 'application/json', JSON.stringify(amendment.answer));
  const got = await ask(url, { method, ...(body.length > 0 && { body }) });
  const text = await got.text();
  const said = got.ok && amendment ? JSON.stringify(await amendment.mend(JSON.parse(text), url, headers, ask)) : text;
  answer(response, got.status, got.headers.get('content-type') ?? 'application/json', said, got.headers);
}

function answer(response: ServerResponse, status: number, type: string, body: string, from?: Headers): void {
  const error = from?.get('x-amzn-errortype');
  response.writeHead(status, { 'content-type': type, ...(error && { 'x-amzn-errortype': error }) }).end(body);
}

async function isUp(moto: ChildProcess, origin: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (moto.exitCode !== null) throw new Error(`moto_server ended with ${moto.exitCode}`);
    const up = await fetch(`${origin}/moto-api/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await sleep(100);
  }
  throw new Error('moto_server does not answer');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const socket = createSocket().listen(0, '127.0.0.1', () => {
      const { port } = socket.address() as AddressInfo;
      socket.close(() => resolve(port));
    });
  });
}

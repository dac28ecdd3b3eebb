import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { JsonObject } from '../types';

/** A Lambda function in a process of its own. */
export interface HostedFunction {
  /** One synchronous invocation; rejects where the function throws or its process ends first. */
  invoke(event: JsonObject): Promise<JsonObject>;
  /** Resolves once the process, where there is one, responds: it is late where the machine is busy. */
  ping(): Promise<unknown>;
  /** What the function has printed so far, in chunks. */
  readonly printed: readonly string[];
  /** Kills the process, also in the middle of an invocation; the next invocation starts a new one. */
  kill(): void;
  /** Ends the process and waits for its end. */
  stop(): Promise<void>;
}

interface PendingInvocation {
  readonly resolve: (result: JsonObject) => void;
  readonly reject: (error: Error) => void;
}

/** Hosts the entrypoint of a bundle (an absolute path). The environment is the process's own, with `environment` on top. */
export function hostFunction(
  bundle: string,
  environment: Record<string, string>,
  entry = 'entrypoint',
): HostedFunction {
  const pending = new Map<number, PendingInvocation>();
  const printed: string[] = [];
  let count = 0;
  let child: ChildProcess | undefined;

  const start = (): ChildProcess => {
    const started = fork(join(__dirname, 'child.js'), [bundle, entry], {
      env: { ...process.env, NODE_NO_WARNINGS: '1', ...environment },
      execArgv: [],
      silent: true,
    });
    started.stdout?.on('data', (chunk) => printed.push(String(chunk)));
    started.stderr?.on('data', (chunk) => printed.push(String(chunk)));
    started.on('message', ({ id, result, crash }: { id?: number; result?: JsonObject; crash?: string }) => {
      const invocation = pending.get(id ?? -1);
      pending.delete(id ?? -1);
      if (crash === undefined) invocation?.resolve(result ?? {});
      else invocation?.reject(new Error(`the function crashed: ${crash}`));
    });
    started.on('exit', () => {
      if (child === started) child = undefined;
      for (const invocation of pending.values())
        invocation.reject(new Error(`the function's process ended: ${printed.slice(-3).join('')}`));
      pending.clear();
    });
    return started;
  };

  const send = (process: ChildProcess, message: JsonObject) =>
    new Promise<JsonObject>((resolve, reject) => {
      count += 1;
      pending.set(count, { resolve, reject });
      // Without a callback, a message to a process that is ending would be an unhandled `error` event here.
      process.send({ id: count, ...message }, (error) => error && reject(error));
    });

  return {
    invoke: (event) => {
      child ??= start();
      return send(child, { event });
    },
    ping: async () => child && send(child, { ping: true }),
    printed,
    kill: () => child?.kill('SIGKILL'),
    stop: async () => {
      const running = child;
      if (!running) return;
      const ended = once(running, 'exit');
      running.disconnect();
      await ended;
    },
  };
}

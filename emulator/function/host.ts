import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { JsonObject } from '../types';

/** A Lambda function in a process of its own. */
export interface HostedFunction {
  /** One synchronous invocation; rejects where the function crashes or its process ends before an answer. */
  invoke(event: JsonObject): Promise<JsonObject>;
  /** Resolves when the process, where there is one, has got round to saying that it runs. */
  pulse(): Promise<unknown>;
  /** The chunks that the function has printed so far. */
  readonly printed: readonly string[];
  /** Ends the process at once, in the middle of whatever it does; the next invocation starts a fresh one. */
  kill(): void;
  /** Ends the process for good. */
  stop(): Promise<void>;
}

interface Waiting {
  readonly resolve: (answer: JsonObject) => void;
  readonly reject: (error: Error) => void;
}

/** Hosts the entrypoint of a bundle (an absolute path). The environment is the process's own, with `environment` on top. */
export function hostFunction(
  bundle: string,
  environment: Record<string, string>,
  entry = 'entrypoint',
): HostedFunction {
  const waiting = new Map<number, Waiting>();
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
    started.on('message', ({ id, answer, crash }: { id?: number; answer?: JsonObject; crash?: string }) => {
      const one = waiting.get(id ?? -1);
      waiting.delete(id ?? -1);
      if (crash === undefined) one?.resolve(answer ?? {});
      else one?.reject(new Error(`the function crashed: ${crash}`));
    });
    started.on('exit', () => {
      if (child === started) child = undefined;
      for (const one of waiting.values())
        one.reject(new Error(`the function's process ended: ${printed.slice(-3).join('')}`));
      waiting.clear();
    });
    return started;
  };

  const ask = (process: ChildProcess, question: JsonObject) =>
    new Promise<JsonObject>((resolve, reject) => {
      count += 1;
      waiting.set(count, { resolve, reject });
      // Without a callback a process that is ending would take its host with it.
      process.send({ id: count, ...question }, (error) => error && reject(error));
    });

  return {
    invoke: (event) => {
      child ??= start();
      return ask(child, { event });
    },
    pulse: async () => child && ask(child, { pulse: true }),
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

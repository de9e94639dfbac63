import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { SyntheticTarget } from '../model/synthetic.ts';
import { CONTENT_TYPE, expositionOf } from './exposition.ts';
import type { Exposition } from './exposition.ts';
import { levelsOf } from './levels.ts';
import { realText } from './real.ts';

export interface ServeOptions {
  targets: SyntheticTarget[];
  speed: number;
  /** Loopback address of each name; an address leads to itself. */
  hosts: Record<string, string>;
  tls: { cert: string; key: string };
  /** Now, in run ms after T0; before T0 negative. */
  now: () => number;
}

interface Answering extends SyntheticTarget, Exposition {
  /** Whether it is down at a moment, run ms after T0. */
  isDownAt: (atMs: number) => boolean;
}

/** Serves every target at its own name, port, scheme, path and parameters. @returns what ends it */
export async function serveTargets(options: ServeOptions): Promise<AsyncDisposable> {
  const byAddress = new Map<string, Answering[]>();
  for (const target of options.targets) {
    const key = `${target.host}:${target.port}`;
    const own = byAddress.get(key) ?? [];
    byAddress.set(key, own);
    own.push(answering(target, options.speed));
  }
  const servers = await Promise.all([...byAddress.values()].map((own) => listen(own, options)));
  return {
    [Symbol.asyncDispose]: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      await Promise.all(servers.map((server) => once(server, 'close')));
    },
  };
}

function answering(target: SyntheticTarget, speed: number): Answering {
  return { ...target, ...expositionOf(target, speed), isDownAt: downOf(target, speed) };
}

/** Whether a target may answer nobody at a moment, run ms after T0. */
export function downOf(
  { up }: Pick<SyntheticTarget, 'up'>,
  speed: number,
): (atMs: number) => boolean {
  const levels = up.map((series) => levelsOf(series, speed));
  return (atMs) => levels.some((one) => one.valueAt(atMs, 0) === 0);
}

async function listen(targets: Answering[], options: ServeOptions): Promise<Server> {
  const { host = '', port = 0, protocol = 'http' } = targets[0] ?? {};
  const handler: RequestListener = (request, response) =>
    answer(targets, options.now(), request, response);
  const server =
    protocol === 'https' ? createTlsServer(options.tls, handler) : createServer(handler);
  server.listen(port, options.hosts[host] ?? host);
  await once(server, 'listening');
  return server;
}

function answer(
  targets: Answering[],
  atMs: number,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? '/', 'http://target');
  const asked = targets
    .filter(
      ({ path, params }) =>
        path === url.pathname &&
        Object.entries(params).every(([name, value]) => url.searchParams.get(name) === value),
    )
    // The one that says most is meant.
    .sort((a, b) => Object.keys(b.params).length - Object.keys(a.params).length)[0];
  if (!asked) {
    response.writeHead(404).end('no target of the plan is here\n');
    return;
  }
  const own = (): string => asked.textAt(atMs, Date.now() / 1000);
  const send = (text: string): void => {
    response.writeHead(200, { 'content-type': CONTENT_TYPE });
    response.end(text);
  };
  // A real component is down by itself: then who asks it is cut off, too.
  if (asked.real !== undefined)
    realText(asked.real, own()).then(send, () => request.socket.destroy());
  else if (asked.isDownAt(atMs)) request.socket.destroy();
  else send(own());
}

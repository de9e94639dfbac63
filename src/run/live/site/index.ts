import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { messageOf } from '../../../lib/errors.ts';
import { PrometheusApi } from '../../../lib/prometheus-api.ts';
import type { Plan } from '../../../model/plan.ts';
import { askLive } from '../client.ts';
import { isOwnUser } from '../peer.ts';
import { socketPath } from '../sockets.ts';
import { liveCurves } from './curves.ts';
import { refusal } from './guard.ts';
import { liveState } from './state.ts';

/** What the page's server knows of the stack that is up. */
export interface Site {
  /** The page itself, and what a browser may let it do. */
  page: string;
  policy: string;
  runDir: string;
  plan: Plan;
  /** Prometheus as it is reached from here, e.g. `http://127.0.0.1:9090`. */
  prometheus: string;
  /** How it goes, in words. */
  status: () => string;
  /** An alert's expression without its comparison, with the stack's own durations. */
  valueExprOf: (alert: string) => string | null;
  /** A query with the run's durations, of one with the stack's. */
  translate: (query: string) => string;
}

type Answer = (status: number, body: unknown) => void;
type Handler = (url: URL, answer: Answer, response: ServerResponse) => Promise<void>;

/**
 * Serves the page of a stack that is up on loopback; on another port when the wished one is taken.
 * @param own gets the server, to be closed by the caller
 * @returns its address, with the key that what changes anything has to come with, in the part that
 * browsers keep for themselves
 */
export async function serveSite(site: Site, wished: number, own: Server[]): Promise<string> {
  const key = randomBytes(18).toString('base64url');
  const handlers = handlersOf(site);
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    void handle(request, response, { site, handlers, door: { port, key } });
  });
  await listenOn(server, wished);
  own.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/#key=${key}`;
}

async function listenOn(server: Server, wished: number): Promise<void> {
  for (const port of [wished, 0]) {
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      return;
    } catch (error) {
      if (port === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  {
    site,
    handlers,
    door,
  }: { site: Site; handlers: Record<string, Handler>; door: { port: number; key: string } },
): Promise<void> {
  for (const [name, value] of Object.entries(headersOf(site))) response.setHeader(name, value);
  const { method = 'GET', headers } = request;
  const answer: Answer = (status, body) => {
    if (response.headersSent) return;
    response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(body));
  };
  try {
    const url = new URL(request.url ?? '/', 'http://site');
    const refused = refusal(
      { isOwnUser: isOwnUser(request.socket), method, path: url.pathname, headers },
      door,
    );
    if (refused !== null) return answer(403, { error: refused });
    const name = url.pathname.startsWith('/provoked/') ? '/provoked/' : url.pathname;
    const handler = handlers[`${method} ${name}`];
    if (!handler) return answer(404, { error: `there is no ${method} ${url.pathname}` });
    await handler(url, answer, response);
  } catch (error) {
    answer(502, { error: messageOf(error) });
  }
}

/** What may be done with an answer: shown by this page's own script, and nothing else. */
function headersOf({ policy }: Site): Record<string, string> {
  return {
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  };
}

function handlersOf(site: Site): Record<string, Handler> {
  const { page, runDir, plan, status, valueExprOf } = site;
  const prometheus = new PrometheusApi(site.prometheus, 5_000);
  const passOn = async (method: 'PUT' | 'DELETE', url: URL, answer: Answer): Promise<void> => {
    const path = url.pathname.replace(/^\/provoked/, '/provoke');
    const { status: code, body } = await askLive(runDir, method, path);
    answer(code, body);
  };
  return {
    'GET /': (_, __, response) =>
      Promise.resolve(
        void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page),
      ),
    'GET /state': async (_, answer) => {
      const { provoked } = (await askLive(runDir, 'GET', '/')).body as { provoked: string[] };
      const known = { plan, provoked, valueExprOf, status: status() };
      answer(200, await liveState(prometheus, known));
    },
    'GET /query': async ({ searchParams }, answer) => {
      const seconds = Number(searchParams.get('seconds'));
      try {
        const query = site.translate(searchParams.get('expr') ?? '');
        answer(200, await liveCurves(prometheus, query, seconds));
      } catch (error) {
        answer(422, { error: messageOf(error) });
      }
    },
    'GET /events': (_, answer, response) => {
      pipeInbox(runDir, answer, response);
      return Promise.resolve();
    },
    'PUT /provoked/': (url, answer) => passOn('PUT', url, answer),
    'DELETE /provoked/': (url, answer) => passOn('DELETE', url, answer),
    'DELETE /provoked': (url, answer) => passOn('DELETE', url, answer),
  };
}

/** Hands on what people are told as it arrives, until who looks goes away. */
function pipeInbox(runDir: string, answer: Answer, response: ServerResponse): void {
  const call = ask({ socketPath: socketPath(runDir, 'inbox'), path: '/events' }, (events) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    events.pipe(response);
    events.on('error', () => response.destroy());
  });
  call.on('error', (error) => {
    answer(502, { error: messageOf(error) });
    response.destroy();
  });
  response.on('close', () => call.destroy());
  call.end();
}

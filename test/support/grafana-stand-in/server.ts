import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { page } from './page.ts';
import { dashboards, dataSources } from './provisioning.ts';
import type { DataSource } from './provisioning.ts';
import { Refused, answer, ask } from './queries.ts';
import type { Query } from './queries.ts';
import { ruleGroups } from './rules.ts';

// Stands in for Grafana in the tests, where its image can't be had: the part of its HTTP API that a
// run asks, answered from the same provisioning files and by the same Prometheus. None of Grafana's
// code is in it.
const password = readFileSync(process.env['GF_SECURITY_ADMIN_PASSWORD__FILE'] ?? '', 'utf8').trim();
const BASIC = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
const SESSION = 'grafana_session=stand-in';
interface Answer {
  status?: number;
  body: unknown;
  type?: string;
  cookie?: string;
}

function shownSource({ uid, name, type, url, access }: DataSource): object {
  return { orgId: 1, uid, name, type, url, access, user: '', database: '', readOnly: true };
}

async function bodyOf<T>(request: IncomingMessage): Promise<T> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as T;
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function answerTo(request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://grafana');
  if (pathname === '/api/health')
    return { body: { commit: 'NA', database: 'ok', version: 'stand-in' } };
  if (pathname === '/login' && request.method === 'POST') {
    const login = await bodyOf<{ user: string; password: string }>(request);
    return login.user === 'admin' && login.password === password
      ? { body: { message: 'Logged in' }, cookie: `${SESSION}; Path=/; HttpOnly` }
      : { status: 401, body: { message: 'Invalid username or password' } };
  }
  if (request.headers.authorization !== BASIC && request.headers.cookie !== SESSION)
    return { status: 401, body: { message: 'Unauthorized' } };
  if (pathname === '/api/datasources') return { body: dataSources().map(shownSource) };
  const last = decodeURIComponent(pathname.split('/').at(-1) ?? '');
  if (/^\/api\/datasources\/uid\/[^/]+\/health$/.test(pathname)) {
    return ask(decodeURIComponent(pathname.split('/')[4] ?? ''), 'query', { query: '1+1' }).then(
      () => ({ body: { status: 'OK', message: 'Successfully queried the Prometheus API.' } }),
      (error: unknown) => ({ status: 400, body: { status: 'ERROR', message: words(error) } }),
    );
  }
  if (pathname.startsWith('/api/dashboards/uid/')) {
    const found = dashboards().find(({ dashboard }) => dashboard.uid === last);
    return found
      ? {
          body: {
            dashboard: found.dashboard,
            meta: { folderTitle: found.folder, provisioned: true },
          },
        }
      : { status: 404, body: { message: 'Dashboard not found' } };
  }
  if (pathname === '/api/ds/query') return query(await bodyOf<Asked>(request));
  if (pathname === '/api/prometheus/grafana/api/v1/rules')
    return { body: { status: 'success', data: { groups: await ruleGroups() } } };
  if (pathname.startsWith('/d/')) {
    const found = dashboards().find(({ dashboard }) => dashboard.uid === last);
    return found
      ? { body: await page(found.dashboard, Number(searchParams.get('to'))), type: 'text/html' }
      : { status: 404, body: 'Not found', type: 'text/html' };
  }
  return { status: 404, body: { message: 'Not found' } };
}

/** Refused queries are told in their own answers; a silent data source in the place of all. */
async function query({ queries, from, to }: Asked): Promise<Answer> {
  const unknown = queries.find(({ datasource: { uid } }) => !isProvisioned(uid));
  if (unknown) return { status: 404, body: { message: 'Data source not found', traceID: '' } };
  try {
    const results = await Promise.all(
      queries.map(
        async (one) =>
          [
            one.refId,
            await answer(one, Number(from), Number(to)).catch((error: unknown) => {
              if (error instanceof Refused) return { status: 400, error: words(error) };
              throw error;
            }),
          ] as const,
      ),
    );
    const isRefused = results.some(([, result]) => 'error' in result);
    return { status: isRefused ? 400 : 200, body: { results: Object.fromEntries(results) } };
  } catch {
    const message = 'An error occurred within the plugin';
    const said = { messageId: 'plugin.downstreamError', statusCode: 500, traceID: '' };
    return { status: 500, body: { message, ...said } };
  }
}

interface Asked {
  queries: Query[];
  from: string;
  to: string;
}

function isProvisioned(uid: string): boolean {
  return dataSources().some((source) => source.uid === uid);
}

createServer((request, response) => {
  answerTo(request)
    .catch((error: unknown): Answer => ({ status: 500, body: { message: words(error) } }))
    .then(
      ({ status = 200, body, type = 'application/json', cookie }) => {
        response.writeHead(status, {
          'content-type': type,
          ...(cookie === undefined ? {} : { 'set-cookie': cookie }),
        });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      },
      () => undefined,
    );
}).listen(Number(process.env['GF_SERVER_HTTP_PORT'] ?? 3000));
process.on('SIGTERM', () => process.exit(0));

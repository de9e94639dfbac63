import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { page } from './page.ts';
import { dashboards, dataSources, rules } from './provisioning.ts';
import { answer, ask } from './queries.ts';
import type { Query } from './queries.ts';

// Stands in for Grafana in the tests, where its image can't be had: the part of its HTTP API that a
// run asks, answered from the same provisioning files and by the same Prometheus. None of Grafana's
// code is in it.
const password = readFileSync(process.env['GF_SECURITY_ADMIN_PASSWORD__FILE'] ?? '', 'utf8').trim();
const BASIC = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
const SESSION = 'grafana_session=stand-in';
const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  lt: (a, b) => a < b,
  gt: (a, b) => a > b,
};

interface Answer {
  status?: number;
  body: unknown;
  type?: string;
  cookie?: string;
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
    return { body: { commit: '', database: 'ok', version: 'stand-in' } };
  if (pathname === '/login' && request.method === 'POST') {
    const login = await bodyOf<{ user: string; password: string }>(request);
    return login.user === 'admin' && login.password === password
      ? { body: { message: 'Logged in' }, cookie: `${SESSION}; Path=/; HttpOnly` }
      : { status: 401, body: { message: 'Invalid username or password' } };
  }
  if (request.headers.authorization !== BASIC && request.headers.cookie !== SESSION)
    return { status: 401, body: { message: 'Unauthorized' } };
  if (pathname === '/api/datasources') return { body: dataSources() };
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
  if (pathname === '/api/ds/query') {
    const { queries, from, to } = await bodyOf<{ queries: Query[]; from: string; to: string }>(
      request,
    );
    const results = await Promise.all(
      queries.map(
        async (query) =>
          [
            query.refId,
            await answer(query, Number(from), Number(to)).catch((error: unknown) => ({
              status: 400,
              error: words(error),
            })),
          ] as const,
      ),
    );
    return {
      status: results.some(([, result]) => 'error' in result) ? 400 : 200,
      body: { results: Object.fromEntries(results) },
    };
  }
  if (pathname === '/api/prometheus/grafana/api/v1/rules')
    return {
      body: {
        status: 'success',
        data: { groups: [{ name: 'all', rules: await Promise.all(rules().map(evaluated)) }] },
      },
    };
  if (pathname.startsWith('/d/')) {
    const found = dashboards().find(({ dashboard }) => dashboard.uid === last);
    return found
      ? { body: await page(found.dashboard, Number(searchParams.get('to'))), type: 'text/html' }
      : { status: 404, body: 'Not found', type: 'text/html' };
  }
  return { status: 404, body: { message: 'Not found' } };
}

async function evaluated({
  title,
  expr,
  dataSource,
  evaluator,
  limit,
}: ReturnType<typeof rules>[number]): Promise<object> {
  const base = { name: title, type: 'alerting', lastEvaluation: new Date().toISOString() };
  try {
    const { result } = await ask(dataSource, 'query', { query: expr });
    const breached = (result as { value?: [number, string] }[]).some(({ value }) =>
      COMPARE[evaluator]?.(Number(value?.[1]), limit),
    );
    return { ...base, state: breached ? 'firing' : 'inactive', health: 'ok' };
  } catch (error) {
    return { ...base, state: 'firing', health: 'error', lastError: words(error) };
  }
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
}).listen(3000);
process.on('SIGTERM', () => process.exit(0));

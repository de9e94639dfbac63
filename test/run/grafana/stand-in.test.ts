import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withService } from '../../support/service.ts';
import { PROJECT } from '../../support/cases.ts';
import { STACK } from '../../support/stack-copy.ts';

/** What a Grafana 9.4 answered, with as much of each list as shows its form. */
const recorded = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`recorded/${name}.json`, import.meta.url), 'utf8'));

type Shape = Map<string, string>;

/**
 * Each field of an answer with its type, by its path; those of all items of a list together.
 * @param free paths below which everybody has their own fields
 */
function shapeOf(value: unknown, free: RegExp, path = ''): Shape {
  if (free.test(path)) return new Map([[path, 'free']]);
  if (typeof value !== 'object' || value === null) return new Map([[path, typeof value]]);
  const parts = Array.isArray(value)
    ? value.map((item) => shapeOf(item, free, `${path}[]`))
    : Object.entries(value).map(([key, item]) => shapeOf(item, free, `${path}.${key}`));
  const own: Shape = new Map([[path, Array.isArray(value) ? 'list' : 'map']]);
  return new Map([own, ...parts].flatMap((part) => [...part]));
}

/** Fields whose names or values are those of the stack, and no part of Grafana's form. */
const FREE = /(labels|annotations|\.dashboard|values|entities)$/;

/** What an answer has that the recorded one hasn't, or has of another type. */
function strange(answer: unknown, real: unknown): string[] {
  const known = shapeOf(real, FREE);
  return [...shapeOf(answer, FREE)]
    .filter(([path, type]) => known.get(path) !== type)
    .map(
      ([path, type]) => `${path}: ${type}, and ${known.get(path) ?? 'not there'} in the real one`,
    );
}

const AUTHORIZED = {
  authorization: `Basic ${Buffer.from('admin:secret').toString('base64')}`,
  'content-type': 'application/json',
};
const samples: Record<string, object> = {
  up: { resultType: 'matrix', result: [{ metric: { job: 'a' }, values: [[1, '1']] }] },
  now: { resultType: 'vector', result: [{ metric: { job: 'a' }, value: [1, '1'] }] },
  scalar: { resultType: 'scalar', result: [1, '1'] },
  empty: { resultType: 'matrix', result: [] },
  nan: { resultType: 'matrix', result: [{ metric: {}, values: [[1, 'NaN']] }] },
};

/** A Prometheus that knows a few answers, and to everything else that one instance is up. */
function prometheus(): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const query = new URLSearchParams(Buffer.concat(chunks).toString()).get('query') ?? '';
      const data = samples[query] ?? samples['now'];
      response.end(JSON.stringify({ status: 'success', data }));
    });
  });
}

describe.concurrent('the stand-in for Grafana answers in the form of a real one', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-stand-in-'));
  const server = prometheus();
  let alive: string;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    alive = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    writeFileSync(join(dir, 'password'), 'secret');
  });
  afterAll(() => {
    server.close();
    rmSync(dir, { recursive: true });
  });

  /** The answers of a stand-in whose data source is at this address. */
  async function answers(url: string): Promise<Record<string, { status: number; body: unknown }>> {
    const provisioning = mkdtempSync(join(dir, 'provisioning-'));
    cpSync(join(STACK, 'grafana/provisioning'), provisioning, { recursive: true });
    const change = (file: string, from: string, to: string): void => {
      const path = join(provisioning, file);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));
    };
    change('datasources/prometheus.yaml', 'http://prometheus:9090', url);
    change('dashboards/gtvision.yaml', '/etc/grafana', join(STACK, 'grafana'));
    const env = (port: number): Record<string, string> => ({
      GF_PATHS_PROVISIONING: provisioning,
      GF_SERVER_HTTP_PORT: String(port),
      GF_SECURITY_ADMIN_PASSWORD__FILE: join(dir, 'password'),
    });
    const script = join(PROJECT, 'test/support/grafana-stand-in/server.ts');
    return withService(
      (port) => [
        '/usr/bin/env',
        ...Object.entries(env(port)).map(([name, value]) => `${name}=${value}`),
        ...[process.execPath, '--import', 'tsx', script],
      ],
      { cwd: PROJECT, env: {}, path: '/api/health' },
      async (base) => {
        const get = async (path: string, body?: object) => {
          const response = await fetch(`${base}${path}`, {
            headers: AUTHORIZED,
            ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
          });
          return { status: response.status, body: (await response.json()) as unknown };
        };
        const ask = (expr: string, instant: boolean, uid = 'prometheus') =>
          get('/api/ds/query', {
            ...{ from: '1000', to: '2000' },
            queries: [{ refId: 'A', expr, datasource: { uid }, instant, intervalMs: 1_000 }],
          });
        return {
          health: await get('/api/health'),
          'data-sources': await get('/api/datasources'),
          dashboard: await get('/api/dashboards/uid/gtv-system'),
          'query-range': await ask('up', false),
          'query-instant': await ask('now', true),
          'query-scalar-instant': await ask('scalar', true),
          'query-empty-range': await ask('empty', false),
          'query-nan': await ask('nan', false),
          'query-data-source-unknown': await ask('up', false, 'nobody'),
          rules: await get('/api/prometheus/grafana/api/v1/rules'),
        };
      },
    );
  }

  it('and what a real one has not, or otherwise, would be told', () =>
    expect(strange({ commit: 1, more: [] }, recorded('health'))).toEqual([
      '.commit: number, and string in the real one',
      '.more: list, and not there in the real one',
    ]));

  it('field by field, while all is well', async () => {
    const said = await answers(alive);
    for (const [name, { body }] of Object.entries(said))
      expect(strange(body, recorded(name)), name).toEqual([]);
    const status = Object.values(said).map((one) => one.status);
    expect(status).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 404, 200]);
  });

  it('and in the same words, while its data source is down', async () => {
    const said = await answers('http://127.0.0.1:9');
    expect(said['query-range']).toEqual({
      status: 500,
      body: recorded('query-data-source-down'),
    });
    const stated = (answer: unknown) =>
      (answer as Rules).data.groups
        .flatMap(({ rules }) => rules)
        .map(({ name, state, health, alerts }) => [name, state, health, alerts[0]?.state]);
    const real = recorded('rules-data-source-down');
    expect(stated(said['rules']?.body)).toEqual(stated(real));
  });
});

interface Rules {
  data: {
    groups: {
      rules: { name: string; state: string; health: string; alerts: { state: string }[] }[];
    }[];
  };
}

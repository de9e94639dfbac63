import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { GrafanaApi } from '../../../src/run/inside/grafana/api.ts';
import { SilentSource } from '../../../src/run/inside/grafana/queries.ts';

/** What a Grafana 9.4 answered whose Prometheus was down. */
const recorded = (name: string): string =>
  readFileSync(new URL(`recorded/${name}.json`, import.meta.url), 'utf8');

async function withGrafana<T>(
  answer: { status: number; body: string },
  use: (grafana: GrafanaApi) => Promise<T>,
): Promise<T> {
  const server = createServer((_request, response) =>
    response.writeHead(answer.status).end(answer.body),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    return await use(
      new GrafanaApi(`http://127.0.0.1:${port}`, { user: 'admin', password: 'secret' }),
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it('a rule that keeps its last state over an error is called healthy, and is not', async () => {
  const body = recorded('rules-data-source-down');
  expect(body).toContain('"health": "ok"');
  const rules = await withGrafana({ status: 200, body }, (grafana) => grafana.rules());
  expect(rules.map(({ title, health }) => ({ title, health }))).toEqual(
    [
      'GrafanaDataSourceUnreachable',
      'SystemOverviewWithoutData',
      'ApplicationMetricsWithoutData',
      'BusinessMetricsWithoutData',
      'InfrastructureWithoutData',
    ].map((title) => ({ title, health: 'error' })),
  );
  expect(rules[0]?.lastError).toMatch(/connection refused/);
  expect(rules[1]?.lastError).toBe('its state is Normal (Error)');
});

it.each([
  [500, 'query-data-source-down', /within the plugin \(plugin\.downstreamError\)/],
  [404, 'query-data-source-unknown', /Data source not found/],
])('%i without results is the data source’s silence', async (status, name, words) => {
  const query = { refId: 'A', expr: 'up', dataSource: 'prometheus', instant: true, stepMs: 500 };
  const error = await withGrafana({ status, body: recorded(name) }, (grafana) =>
    grafana.query([query], 0, 1_000).catch((thrown: unknown) => thrown),
  );
  expect(error).toBeInstanceOf(SilentSource);
  expect((error as Error).message).toMatch(words);
});

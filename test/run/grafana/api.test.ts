import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GrafanaApi } from '../../../src/run/inside/grafana/api.ts';
import { windowOf } from '../../../src/run/inside/grafana/ask.ts';
import { seriesOf } from '../../../src/run/inside/grafana/frames.ts';

describe('data frames', () => {
  const fields = [
    { name: 'Time', type: 'time' },
    { name: 'Value', type: 'number', labels: { job: 'a' } },
  ];
  it('are series, without the places that have no value', () => {
    expect(
      seriesOf([
        {
          schema: { fields },
          data: {
            values: [
              [1_000, 2_000, 3_000],
              [1, null, 3],
            ],
          },
        },
      ]),
    ).toEqual([
      {
        labels: { job: 'a' },
        samples: [
          [1_000, 1],
          [3_000, 3],
        ],
      },
    ]);
  });
  it('have the numbers that JSON has not', () => {
    expect(
      seriesOf([
        {
          schema: { fields },
          data: {
            values: [
              [1, 2, 3, 4],
              [null, null, null, 7],
            ],
            entities: [null, { NaN: [0], Inf: [1], NegInf: [2] }],
          },
        },
      ])[0]?.samples,
    ).toEqual([
      [1, NaN],
      [2, Infinity],
      [3, -Infinity],
      [4, 7],
    ]);
  });
  it('may have several columns of numbers, or none', () => {
    expect(
      seriesOf([
        {
          schema: { fields: [...fields, { name: 'Value', type: 'number' }] },
          data: { values: [[1], [2], [3]] },
        },
        { schema: { fields: [] }, data: { values: [] } },
        {},
      ]),
    ).toEqual([
      { labels: { job: 'a' }, samples: [[1, 2]] },
      { labels: {}, samples: [[1, 3]] },
    ]);
  });
});

it('the time that is asked for ends before what is still being written', () => {
  const timing = (evaluationMs: number) =>
    ({ timing: { evaluationMs } }) as Parameters<typeof windowOf>[0]['alerts'][number];
  const jobs = [{ scrapeMs: 250 }] as Parameters<typeof windowOf>[0]['jobs'];
  expect(windowOf({ jobs, alerts: [timing(500)] }, 1_000, 9_000)).toEqual({
    fromMs: 1_000,
    toMs: 8_000,
  });
  expect(windowOf({ jobs, alerts: [timing(500)] }, 8_500, 9_000)).toEqual({
    fromMs: 8_500,
    toMs: 8_500,
  });
});

describe("Grafana's answers", () => {
  const ANSWERS: Record<string, [number, string]> = {
    '/api/health': [200, '{"version":"12.2.1","database":"ok","commit":"x"}'],
    '/api/datasources/uid/down/health': [400, '{"status":"ERROR","message":"connection refused"}'],
    '/api/datasources/uid/gone/health': [404, '{"message":"not found"}'],
    '/api/dashboards/uid/gone': [404, '{"message":"Dashboard not found"}'],
    '/api/dashboards/uid/board': [
      200,
      JSON.stringify({
        meta: { provisioned: true, folderTitle: 'F' },
        dashboard: {
          title: 'Board',
          panels: [
            {
              id: 9,
              type: 'row',
              title: 'Row',
              panels: [
                { id: 1, type: 'stat', title: 'In a row', targets: [{ refId: 'A', expr: 'x' }] },
              ],
            },
            { id: 2, type: 'text', title: 'Text' },
          ],
        },
      }),
    ],
    '/api/dashboards/uid/broken': [500, 'oops'],
    '/api/ds/query': [
      400,
      '{"results":{"A":{"status":400,"error":"parse error"},"B":{"status":200,"frames":[]}}}',
    ],
    '/api/prometheus/grafana/api/v1/rules': [
      200,
      JSON.stringify({
        data: {
          groups: [
            {
              rules: [
                {
                  name: 'R',
                  type: 'alerting',
                  state: 'inactive',
                  health: 'unknown',
                  lastEvaluation: '0001-01-01T00:00:00Z',
                },
                { name: 'Q', type: 'recording' },
              ],
            },
          ],
        },
      }),
    ],
  };
  let grafana: GrafanaApi;
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization ?? '');
    const [status, body] = ANSWERS[request.url ?? ''] ?? [401, '{"message":"Unauthorized"}'];
    response.writeHead(status).end(body);
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    grafana = new GrafanaApi(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
      user: 'admin',
      password: 'secret',
    });
  });
  afterAll(() => void server.close());

  it('are asked for as the administrator', async () => {
    expect(await grafana.health()).toEqual({ version: '12.2.1', database: 'ok' });
    expect(seen.at(-1)).toBe(`Basic ${Buffer.from('admin:secret').toString('base64')}`);
  });
  it('say of a data source that it fails, and throw when there is none', async () => {
    expect(await grafana.dataSourceHealth('down')).toEqual({
      status: 'ERROR',
      message: 'connection refused',
    });
    await expect(grafana.dataSourceHealth('gone')).rejects.toThrow(/with 404: .*not found/);
  });
  it('tell a dashboard that is not there from one that could not be asked for', async () => {
    expect(await grafana.dashboard('gone')).toBeNull();
    expect(await grafana.dashboard('board')).toEqual({
      title: 'Board',
      folder: 'F',
      provisioned: true,
      panels: [
        { id: 1, title: 'In a row', queries: { A: 'x' } },
        { id: 2, title: 'Text', queries: {} },
      ],
    });
    await expect(grafana.dashboard('broken')).rejects.toThrow(/with 500: oops/);
  });
  it('have an error for each query by itself', async () => {
    expect(
      await grafana.query(
        [{ refId: 'A', expr: 'x', dataSource: 'p', instant: true, stepMs: 500 }],
        0,
        1_000,
      ),
    ).toEqual({ A: { status: 400, error: 'parse error' }, B: { status: 200, frames: [] } });
  });
  it('tell a rule that was never evaluated', async () =>
    expect(await grafana.rules()).toEqual([
      { title: 'R', state: 'inactive', health: 'unknown', lastError: '', evaluatedAt: null },
    ]));
  it('that are refusals throw', async () =>
    expect(grafana.dataSources()).rejects.toThrow(/with 401: .*Unauthorized/));
});

import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { buildMediamtx } from '../../fake-services/mediamtx.ts';
import { buildMinio } from '../../fake-services/minio.ts';
import { readExposition } from '../../src/lib/exposition.ts';
import { readSpec } from '../../src/spec/index.ts';
import { ALARMS } from '../../src/technologies/rabbitmq/alarm-metrics.ts';
import { STACK } from '../support/stack-copy.ts';

/**
 * What the real programs answered: of each state, each metric with its type, its help, its labels
 * and its values.
 */
interface Metric {
  type?: string;
  help?: string;
  labels: string[];
  values: number[];
}
type Recorded = Record<string, Record<string, Metric>>;

function recorded(program: 'minio' | 'mediamtx' | 'rabbitmq' | 'redis'): Recorded {
  const file = new URL(`recorded/${program}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Recorded;
}

/** The same of a stand-in. */
async function answerOf(app: FastifyInstance, path: string): Promise<Record<string, Metric>> {
  const { body } = await app.inject(path);
  const { samples, types, unread } = readExposition(body);
  expect(unread).toBe(0);
  const metrics: Record<string, Metric> = {};
  for (const { name, labels, value } of samples) {
    const type = types[name];
    const help = new RegExp(`^# HELP ${name} (.*)$`, 'm').exec(body)?.[1];
    const metric = (metrics[name] ??= {
      ...(type === undefined ? {} : { type }),
      ...(help === undefined ? {} : { help }),
      labels: Object.keys(labels).sort(),
      values: [],
    });
    metric.values.push(value);
  }
  return metrics;
}

const withoutValues = (metrics: Record<string, Metric>): Record<string, Omit<Metric, 'values'>> =>
  Object.fromEntries(
    Object.entries(metrics).map(([name, { type, help, labels }]) => [
      name,
      { ...(type === undefined ? {} : { type }), ...(help === undefined ? {} : { help }), labels },
    ]),
  );
const only = (metrics: Record<string, Metric>, names: string[]): Record<string, Metric> =>
  Object.fromEntries(names.flatMap((name) => (metrics[name] ? [[name, metrics[name]]] : [])));
const CLUSTER = '/minio/v2/metrics/cluster';

async function put(app: FastifyInstance, url: string, bytes = 0): Promise<void> {
  const { statusCode } = await app.inject({ method: 'PUT', url, payload: Buffer.alloc(bytes) });
  expect(statusCode).toBeLessThan(300);
}

describe('MinIO and its stand-in', () => {
  it('each metric has the type, the help and the labels of the real one', async () => {
    const app = buildMinio();
    await put(app, '/recordings/a', 500);
    const own = await answerOf(app, CLUSTER);
    const real = recorded('minio')['one drive with objects'] ?? {};
    expect(Object.keys(own).length).toBeGreaterThanOrEqual(9);
    expect(withoutValues(own)).toEqual(withoutValues(only(real, Object.keys(own))));
  });

  it('before there is a bucket nothing says what is used', async () => {
    const used = 'minio_cluster_usage_total_bytes';
    expect(recorded('minio')['without a bucket']).not.toHaveProperty(used);
    expect(await answerOf(buildMinio(), CLUSTER)).not.toHaveProperty(used);
  });

  it('half of the drives away: half of the capacity and of the room, no health, and the objects as before', async () => {
    const app = buildMinio(1000);
    await put(app, '/recordings/a', 200);
    const before = await answerOf(app, CLUSTER);
    await put(app, '/provoke/drives-offline/2');
    const own = await answerOf(app, CLUSTER);
    const real = recorded('minio')['one of two nodes down'] ?? {};
    for (const name of [
      'drive_total',
      'drive_offline_total',
      'drive_online_total',
      'health_status',
    ])
      expect(own[`minio_cluster_${name}`]?.values, name).toEqual(
        real[`minio_cluster_${name}`]?.values,
      );
    const share = (metrics: Record<string, Metric>, then: Record<string, Metric>, name: string) =>
      (then[name]?.values[0] ?? NaN) / (metrics[name]?.values[0] ?? NaN);
    const whole = recorded('minio')['two nodes of two drives'] ?? {};
    for (const name of [
      'capacity_usable_total_bytes',
      'capacity_usable_free_bytes',
      'usage_total_bytes',
    ]) {
      const full = `minio_cluster_${name}`;
      expect(share(before, own, full), name).toBeCloseTo(share(whole, real, full), 1);
    }
  });
});

it('MediaMTX and its stand-in: each metric has the labels of the real one, and no more than it', async () => {
  const own = await answerOf(buildMediamtx(), '/metrics');
  const real = recorded('mediamtx')['one stream'] ?? {};
  expect(Object.keys(own).length).toBeGreaterThanOrEqual(9);
  expect(withoutValues(own)).toEqual(withoutValues(only(real, Object.keys(own))));
});

describe('what the contract promises of a program is what the real one has, of the pinned version or its neighbour', () => {
  it.each([
    ['minio', 'one drive with objects', 4],
    ['rabbitmq', '4.3.6, at rest', 3],
    ['redis', '8.6.3, by redis_exporter 1.86.0', 3],
  ] as const)('%s: %s', async (job, state, atLeast) => {
    const { contract } = await readSpec(STACK);
    const real = recorded(job)[state] ?? {};
    const promised = contract.metrics.filter(({ jobs }) => jobs.includes(job));
    expect(promised.length).toBeGreaterThanOrEqual(atLeast);
    for (const { name, type, labels } of promised)
      expect({ type: real[name]?.type, labels: real[name]?.labels }, name).toEqual({
        type,
        labels,
      });
  });

  it('RabbitMQ has an alarm as 1 while it is raised, else as 0', () => {
    for (const [state, value] of [
      ['4.3.6, at rest', 0],
      ['4.3.6, both alarms raised', 1],
    ] as const)
      for (const alarm of ALARMS)
        expect(recorded('rabbitmq')[state]?.[alarm]?.values, `${alarm}, ${state}`).toEqual([value]);
  });
});

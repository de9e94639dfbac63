import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { Gauge, Registry } from 'prom-client';
import { isMain } from './lib/is-main.ts';
import { serve } from './lib/serve.ts';

const CAPACITY_BYTES = 1e12;

/** A stand-in for object storage: its cluster metrics, and `PUT /fake/usage {"bytes": n}` to fill it. */
export function buildMinio(): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  const registry = new Registry();
  const usage = new Gauge({ name: 'minio_cluster_usage_total_bytes', help: 'Bytes stored.', registers: [registry] });
  const capacity = new Gauge({ name: 'minio_cluster_capacity_usable_total_bytes', help: 'Bytes that can be stored.', registers: [registry] });
  usage.set(0.3 * CAPACITY_BYTES);
  capacity.set(CAPACITY_BYTES);
  app.get('/minio/v2/metrics/cluster', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
  app.put<{ Body: { bytes?: unknown } | undefined }>('/fake/usage', (request, reply) => {
    const bytes = request.body?.bytes;
    if (typeof bytes !== 'number' || bytes < 0 || bytes > CAPACITY_BYTES) return reply.code(400).send({ error: `expected {"bytes": 0 to ${CAPACITY_BYTES}}` });
    usage.set(bytes);
    return reply.code(204).send();
  });
  return app;
}

if (isMain(import.meta.url)) await serve('minio', buildMinio, 9000);

import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { Gauge, Registry } from 'prom-client';
import { isMain } from './lib/is-main.ts';
import { countFrom, serve } from './lib/serve.ts';

const MIB = 1024 * 1024;

/** A stand-in for object storage: objects are put, listed and deleted; of each only its size is kept, and its cluster metrics tell the sum. */
export function buildMinio(capacityBytes = 16 * MIB): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, bodyLimit: capacityBytes });
  const registry = new Registry();
  const objects = new Map<string, number>();
  const used = (): number => [...objects.values()].reduce((sum, bytes) => sum + bytes, 0);
  new Gauge({
    name: 'minio_cluster_usage_total_bytes',
    help: 'Bytes stored.',
    registers: [registry],
    collect() {
      this.set(used());
    },
  });
  new Gauge({
    name: 'minio_cluster_capacity_usable_total_bytes',
    help: 'Bytes that can be stored.',
    registers: [registry],
  }).set(capacityBytes);
  app.get('/minio/v2/metrics/cluster', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );

  // Whatever its type, an object is bytes; they are counted and dropped.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body.length),
  );
  app.get<{ Params: { bucket: string } }>('/:bucket', (request) => ({
    objects: [...objects.keys()]
      .filter((key) => key.startsWith(`${request.params.bucket}/`))
      .map((key) => key.slice(request.params.bucket.length + 1)),
  }));
  app.put<{ Params: { bucket: string; object: string }; Body: number | undefined }>(
    '/:bucket/:object',
    (request, reply) => {
      const key = `${request.params.bucket}/${request.params.object}`;
      const bytes = request.body ?? 0;
      if (used() - (objects.get(key) ?? 0) + bytes > capacityBytes)
        return reply.code(507).send({ error: 'the storage is full' });
      objects.set(key, bytes);
      return reply.code(200).send();
    },
  );
  app.delete<{ Params: { bucket: string; object: string } }>(
    '/:bucket/:object',
    (request, reply) => {
      objects.delete(`${request.params.bucket}/${request.params.object}`);
      return reply.code(204).send();
    },
  );
  return app;
}

if (isMain(import.meta.url))
  await serve('minio', () => buildMinio(countFrom('CAPACITY_MIB', 16) * MIB), 9000);

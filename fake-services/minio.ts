import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { Gauge, Registry } from 'prom-client';
import { isMain } from './lib/is-main.ts';
import { countFrom, serve } from './lib/serve.ts';

const MIB = 1024 * 1024;
/**
 * One erasure set: half of the drives hold parity, one more than half have to be there for writing.
 */
const DRIVES = 4;
const WRITE_QUORUM = DRIVES / 2 + 1;

/** What the storage is right now. */
class Storage {
  readonly objects = new Map<string, number>();
  readonly capacityBytes: number;
  /**
   * Whether an object was ever put: before, the real one has no bucket to scan, and no figure of
   * what is used.
   */
  scanned = false;
  drivesOffline = 0;

  constructor(capacityBytes: number) {
    this.capacityBytes = capacityBytes;
  }

  get used(): number {
    return [...this.objects.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Share of the drives that answer: what is offline counts neither as capacity nor as free. */
  get online(): number {
    return (DRIVES - this.drivesOffline) / DRIVES;
  }
}

/**
 * A stand-in for object storage: objects are put, listed and deleted; of each only its size is
 * kept. Its cluster metrics are those of the real one's that are of use, with its types and its
 * label `server`: who answers.
 * @param server as the real one names itself: its address
 */
export function buildMinio(capacityBytes = 16 * MIB, server = '127.0.0.1:9000'): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, bodyLimit: capacityBytes });
  const storage = new Storage(capacityBytes);
  const registry = clusterMetrics(storage, server);
  app.get('/minio/v2/metrics/cluster', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  addObjects(app, storage);
  app.put<{ Params: { count: string } }>('/provoke/drives-offline/:count', (request, reply) => {
    const count = Number(request.params.count);
    if (!Number.isInteger(count) || count < 0 || count > DRIVES)
      return reply.code(400).send({ error: `expected a number of drives from 0 to ${DRIVES}` });
    storage.drivesOffline = count;
    return reply.code(204).send();
  });
  return app;
}

/** A gauge each, of what a function says; undefined: the series isn't there. */
function clusterMetrics(storage: Storage, server: string): Registry {
  const registry = new Registry();
  const gauge = (name: string, help: string, value: () => number | undefined): void => {
    new Gauge({
      name: `minio_cluster_${name}`,
      help,
      labelNames: ['server'],
      registers: [registry],
      collect() {
        const now = value();
        if (now !== undefined) this.set({ server }, now);
      },
    });
  };
  const { capacityBytes } = storage;
  gauge('capacity_usable_total_bytes', 'Total usable capacity online in the cluster', () =>
    Math.round(capacityBytes * storage.online),
  );
  gauge('capacity_usable_free_bytes', 'Total free usable capacity online in the cluster', () =>
    Math.round((capacityBytes - storage.used) * storage.online),
  );
  gauge('usage_total_bytes', 'Total cluster usage in bytes', () =>
    storage.scanned ? storage.used : undefined,
  );
  gauge('drive_total', 'Total drives in this cluster', () => DRIVES);
  gauge(
    'drive_online_total',
    'Total drives online in this cluster',
    () => DRIVES - storage.drivesOffline,
  );
  gauge('drive_offline_total', 'Total drives offline in this cluster', () => storage.drivesOffline);
  gauge('nodes_online_total', 'Total number of MinIO nodes online', () => 1);
  gauge('nodes_offline_total', 'Total number of MinIO nodes offline', () => 0);
  gauge('health_status', 'Get current cluster health status', () =>
    DRIVES - storage.drivesOffline >= WRITE_QUORUM ? 1 : 0,
  );
  return registry;
}

function addObjects(app: FastifyInstance, storage: Storage): void {
  const { objects, capacityBytes } = storage;
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
      if (storage.used - (objects.get(key) ?? 0) + bytes > capacityBytes)
        return reply.code(507).send({ error: 'the storage is full' });
      objects.set(key, bytes);
      storage.scanned = true;
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
}

if (isMain(import.meta.url))
  await serve('minio', () => buildMinio(countFrom('CAPACITY_MIB', 16) * MIB), 9000);

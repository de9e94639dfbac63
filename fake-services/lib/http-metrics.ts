import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { Counter, Gauge, Histogram } from 'prom-client';

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 5, 10];
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** The one `endpoint` of everything that no route knows: a scanner can't make series. */
const UNMATCHED = 'unmatched';

/**
 * What is counted for one route and method; looked up once, since prom-client's own look-up by
 * labels costs more than the request.
 */
interface Series {
  duration: { observe: (seconds: number) => void };
  byStatus: Map<number, { inc: () => void }>;
}

/** Adds the metrics that every service of ours has, and `/metrics` itself (which isn't counted). */
export function addHttpMetrics(app: FastifyInstance, registry: Registry): void {
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered.',
    labelNames: ['method', 'endpoint', 'status'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request.',
    labelNames: ['method', 'endpoint'],
    buckets: BUCKETS,
    registers: [registry],
  });
  const connections = new Gauge({
    name: 'http_connections_active',
    help: 'Open connections.',
    registers: [registry],
  });
  const series = new Map<string, Series>();

  app.server.on('connection', (socket) => {
    connections.inc();
    socket.once('close', () => connections.dec());
  });
  app.addHook('onResponse', (request, reply, done) => {
    const endpoint = templateOf(request);
    if (endpoint !== '/metrics') {
      const method = METHODS.has(request.method) ? request.method : 'OTHER';
      const key = `${method} ${endpoint}`;
      let known = series.get(key);
      if (!known)
        series.set(
          key,
          (known = { duration: durations.labels(method, endpoint), byStatus: new Map() }),
        );
      let counter = known.byStatus.get(reply.statusCode);
      if (!counter)
        known.byStatus.set(
          reply.statusCode,
          (counter = requests.labels(method, endpoint, String(reply.statusCode))),
        );
      counter.inc();
      known.duration.observe(reply.elapsedTime / 1000);
    }
    done();
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

/** The route's template (`/api/cameras/:id`), never the raw path. */
function templateOf(request: FastifyRequest): string {
  return request.is404 ? UNMATCHED : (request.routeOptions.url ?? UNMATCHED);
}

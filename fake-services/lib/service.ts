import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { addEventLoopDiagnostics } from './event-loop.ts';
import { addHttpMetrics } from './http-metrics.ts';
import { addProvocation } from './provoke.ts';

/**
 * A service of ours: HTTP metrics, provocation, and a registry for its business metrics. Not
 * listening yet. With `METRICS=off` it counts nothing, so that it can be measured what counting
 * costs.
 */
export function createService(): { app: FastifyInstance; registry: Registry } {
  const app = fastify({ logger: false, forceCloseConnections: true });
  const registry = new Registry();
  if (process.env['METRICS'] !== 'off') addHttpMetrics(app, registry);
  addProvocation(app);
  addEventLoopDiagnostics(app);
  // Bodies that nobody reads (k6 sends none with DELETE, some with POST) are no errors.
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    payload.on('end', () => done(null, undefined));
  });
  return { app, registry };
}

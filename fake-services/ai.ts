import type { FastifyInstance } from 'fastify';
import { Counter } from 'prom-client';
import { isMain } from './lib/is-main.ts';
import { serve } from './lib/serve.ts';
import { createService } from './lib/service.ts';

/** The licence-plate recognition service. It alone counts LPR events. */
export function buildAi(): FastifyInstance {
  const { app, registry } = createService();
  const events = new Counter({
    name: 'gtvision_lpr_events_total',
    help: 'Licence plates that were read.',
    registers: [registry],
  });
  let count = 0;
  app.get('/api/lpr/events', () => ({ count }));
  app.post<{ Body: { plate?: unknown } | undefined }>('/api/lpr/events', (request, reply) => {
    if (typeof request.body?.plate !== 'string' || request.body.plate === '')
      return reply.code(400).send({ error: 'expected {"plate": "…"}' });
    count++;
    events.inc();
    return reply.code(202).send();
  });
  app.get<{ Params: { id: string } }>('/api/models/:id', (request) => ({ id: request.params.id }));
  return app;
}

if (isMain(import.meta.url)) await serve('ai', buildAi, 8002);

import type { FastifyInstance } from 'fastify';
import { Counter, Gauge } from 'prom-client';
import { isMain } from './lib/is-main.ts';
import { countFrom, serve } from './lib/serve.ts';
import { createService } from './lib/service.ts';

const RECORDING_ID = /^[\w.-]{1,64}$/;

/** The stream and recording service. It alone knows streams and recordings. */
export function buildStreaming(streamCount = 1): FastifyInstance {
  const { app, registry } = createService();
  let nextId = 1;
  const open = { streams: new Set<string>(), recordings: new Set<string>() };
  const add = (set: Set<string>): string => {
    const id = String(nextId++);
    set.add(id);
    return id;
  };
  for (let i = 0; i < streamCount; i++) add(open.streams);
  new Gauge({
    name: 'gtvision_active_streams',
    help: 'Streams that are open.',
    registers: [registry],
    collect() {
      this.set(open.streams.size);
    },
  });
  new Gauge({
    name: 'gtvision_recordings_active',
    help: 'Recordings in progress.',
    registers: [registry],
    collect() {
      this.set(open.recordings.size);
    },
  });
  const errors = new Counter({
    name: 'gtvision_recording_errors_total',
    help: 'Recordings that failed.',
    registers: [registry],
  });

  for (const kind of ['streams', 'recordings'] as const) {
    const set = open[kind];
    app.get(`/api/${kind}`, () => ({ active: set.size, ids: [...set] }));
    app.post(`/api/${kind}`, (_request, reply) => reply.code(201).send({ id: add(set) }));
    app.get<{ Params: { id: string } }>(`/api/${kind}/:id`, (request, reply) =>
      set.has(request.params.id)
        ? { id: request.params.id }
        : reply.code(404).send({ error: 'not open' }),
    );
    app.delete<{ Params: { id: string } }>(`/api/${kind}/:id`, (request, reply) =>
      reply.code(set.delete(request.params.id) ? 204 : 404).send(),
    );
  }
  // A media node reports that writing a recording failed; it may know recordings that were begun
  // before a restart.
  app.post<{ Params: { id: string } }>('/api/recordings/:id/failures', (request, reply) => {
    if (!RECORDING_ID.test(request.params.id))
      return reply.code(400).send({
        error: 'a recording id has 1 to 64 letters, digits, dots, dashes and underscores',
      });
    errors.inc();
    return reply.code(202).send();
  });
  return app;
}

if (isMain(import.meta.url))
  await serve('streaming', () => buildStreaming(countFrom('STREAMS', 1)), 8001);

import type { FastifyInstance } from 'fastify';
import { Gauge } from 'prom-client';
import { isMain } from './lib/is-main.ts';
import { countFrom, serve } from './lib/serve.ts';
import { createService } from './lib/service.ts';

/** The API service. It alone knows the cameras. */
export function buildBackend(cameraCount = 100): FastifyInstance {
  const { app, registry } = createService();
  const online = new Map<string, boolean>();
  let offlineCount = 0;
  let nextId = 1;
  const add = (): string => {
    const id = String(nextId++);
    online.set(id, true);
    return id;
  };
  for (let i = 0; i < cameraCount; i++) add();
  const gauge = (name: string, help: string, value: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  gauge('gtvision_cameras_online', 'Cameras that are online.', () => online.size - offlineCount);
  gauge('gtvision_cameras_offline', 'Cameras that are offline.', () => offlineCount);
  gauge('gtvision_cameras_total', 'Cameras that are registered.', () => online.size);

  app.get('/api/health', () => ({ status: 'ok' }));
  app.get('/api/events', () => ({ events: [] }));
  app.get<{ Params: { id: string } }>('/api/users/:id', (request) => ({ id: request.params.id }));
  app.get<{ Querystring: { state?: unknown } }>('/api/cameras', (request, reply) => {
    const summary = {
      total: online.size,
      online: online.size - offlineCount,
      offline: offlineCount,
    };
    const { state } = request.query;
    if (state === undefined) return summary;
    if (state !== 'online' && state !== 'offline')
      return reply.code(400).send({ error: 'expected ?state=online or ?state=offline' });
    return {
      ...summary,
      cameras: [...online]
        .filter(([, isOnline]) => isOnline === (state === 'online'))
        .map(([id]) => ({ id, state })),
    };
  });
  app.post('/api/cameras', (_request, reply) => reply.code(201).send({ id: add() }));
  app.get<{ Params: { id: string } }>('/api/cameras/:id', (request, reply) => {
    const state = online.get(request.params.id);
    return state === undefined
      ? reply.code(404).send({ error: 'no such camera' })
      : { id: request.params.id, online: state };
  });
  app.put<{ Params: { id: string }; Body: { online?: unknown } | undefined }>(
    '/api/cameras/:id/state',
    (request, reply) => {
      const before = online.get(request.params.id);
      const after = request.body?.online;
      if (before === undefined) return reply.code(404).send({ error: 'no such camera' });
      if (typeof after !== 'boolean')
        return reply.code(400).send({ error: 'expected {"online": true or false}' });
      online.set(request.params.id, after);
      offlineCount += Number(before) - Number(after);
      return reply.code(204).send();
    },
  );
  app.delete<{ Params: { id: string } }>('/api/cameras/:id', (request, reply) => {
    if (online.get(request.params.id) === false) offlineCount--;
    return reply.code(online.delete(request.params.id) ? 204 : 404).send();
  });
  return app;
}

if (isMain(import.meta.url))
  await serve('backend', () => buildBackend(countFrom('CAMERAS', 100)), 8000);

import type { FastifyInstance } from 'fastify';
import { Gauge } from 'prom-client';
import { isMain } from './lib/is-main.ts';
import { countFrom, serve } from './lib/serve.ts';
import { createService } from './lib/service.ts';

/** The cameras by their ids, and whether each is online. */
class Cameras {
  private readonly online = new Map<string, boolean>();
  private offlineCount = 0;
  private nextId = 1;

  get summary(): { total: number; online: number; offline: number } {
    const total = this.online.size;
    return { total, online: total - this.offlineCount, offline: this.offlineCount };
  }

  /** @returns the new camera's id; it is online */
  add(): string {
    const id = String(this.nextId++);
    this.online.set(id, true);
    return id;
  }

  isOnline(id: string): boolean | undefined {
    return this.online.get(id);
  }

  /** Ids of those that are online, or of those that aren't. */
  those(online: boolean): string[] {
    return [...this.online].flatMap(([id, isOnline]) => (isOnline === online ? [id] : []));
  }

  /** @returns whether there is such a camera */
  set(id: string, online: boolean): boolean {
    const before = this.online.get(id);
    if (before === undefined) return false;
    this.online.set(id, online);
    this.offlineCount += Number(before) - Number(online);
    return true;
  }

  /** @returns whether there was such a camera */
  remove(id: string): boolean {
    if (this.online.get(id) === false) this.offlineCount--;
    return this.online.delete(id);
  }
}

/** The API service. It alone knows the cameras. */
export function buildBackend(cameraCount = 100): FastifyInstance {
  const { app, registry } = createService();
  const cameras = new Cameras();
  for (let i = 0; i < cameraCount; i++) cameras.add();
  const gauge = (name: string, help: string, value: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  gauge('gtvision_cameras_online', 'Cameras that are online.', () => cameras.summary.online);
  gauge('gtvision_cameras_offline', 'Cameras that are offline.', () => cameras.summary.offline);
  gauge('gtvision_cameras_total', 'Cameras that are registered.', () => cameras.summary.total);
  app.get('/api/health', () => ({ status: 'ok' }));
  app.get('/api/events', () => ({ events: [] }));
  app.get<{ Params: { id: string } }>('/api/users/:id', (request) => ({ id: request.params.id }));
  routeCameras(app, cameras);
  return app;
}

const NO_SUCH_CAMERA = { error: 'no such camera' };

function routeCameras(app: FastifyInstance, cameras: Cameras): void {
  app.get<{ Querystring: { state?: unknown } }>('/api/cameras', (request, reply) => {
    const { state } = request.query;
    if (state === undefined) return cameras.summary;
    if (state !== 'online' && state !== 'offline')
      return reply.code(400).send({ error: 'expected ?state=online or ?state=offline' });
    const ids = cameras.those(state === 'online');
    return { ...cameras.summary, cameras: ids.map((id) => ({ id, state })) };
  });
  app.post('/api/cameras', (_request, reply) => reply.code(201).send({ id: cameras.add() }));
  app.get<{ Params: { id: string } }>('/api/cameras/:id', (request, reply) => {
    const { id } = request.params;
    const online = cameras.isOnline(id);
    return online === undefined ? reply.code(404).send(NO_SUCH_CAMERA) : { id, online };
  });
  app.put<{ Params: { id: string }; Body: { online?: unknown } | undefined }>(
    '/api/cameras/:id/state',
    (request, reply) => {
      const { id } = request.params;
      const online = request.body?.online;
      if (cameras.isOnline(id) === undefined) return reply.code(404).send(NO_SUCH_CAMERA);
      if (typeof online !== 'boolean')
        return reply.code(400).send({ error: 'expected {"online": true or false}' });
      cameras.set(id, online);
      return reply.code(204).send();
    },
  );
  app.delete<{ Params: { id: string } }>('/api/cameras/:id', (request, reply) =>
    reply.code(cameras.remove(request.params.id) ? 204 : 404).send(),
  );
}

if (isMain(import.meta.url))
  await serve('backend', () => buildBackend(countFrom('CAMERAS', 100)), 8000);

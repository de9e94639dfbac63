import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { isMain } from './lib/is-main.ts';
import { serve } from './lib/serve.ts';

/** A stand-in for the media server: its metric names, two paths that are ready, bytes that grow. */
export function buildMediamtx(): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  const started = Date.now();
  app.get('/metrics', (_request, reply) => {
    const bytes = (Date.now() - started) * 500;
    const lines = ['cam-1', 'cam-2'].flatMap((name) => [`paths{name="${name}",state="ready"} 1`, `paths_bytes_received{name="${name}",state="ready"} ${bytes}`]);
    return reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8').send(`${lines.sort().join('\n')}\n`);
  });
  return app;
}

if (isMain(import.meta.url)) await serve('mediamtx', buildMediamtx(), 9998);

import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { isMain } from './lib/is-main.ts';
import { serve } from './lib/serve.ts';

const PATHS = ['cam-1', 'cam-2'];
const BYTES_PER_MS = 500;

/** A stand-in for the media server: some of its metric names, two paths that are ready, bytes that grow. */
export function buildMediamtx(): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  const started = Date.now();
  app.get('/metrics', (_request, reply) => {
    const bytes = (Date.now() - started) * BYTES_PER_MS;
    const each = (metric: string, value: number): string[] =>
      PATHS.map((name) => `${metric}{name="${name}",state="ready"} ${value}`);
    // One metric's lines stand together, as the text format wants it; like the real one, without HELP and TYPE.
    const lines = [
      ...each('paths', 1),
      ...each('paths_readers', 1),
      ...each('paths_bytes_received', bytes),
      ...each('paths_bytes_sent', bytes),
      'rtsp_sessions 0',
      'rtmp_conns 0',
      'webrtc_sessions 0',
    ];
    return reply
      .header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
      .send(`${lines.join('\n')}\n`);
  });
  return app;
}

if (isMain(import.meta.url)) await serve('mediamtx', buildMediamtx, 9998);

import { randomUUID } from 'node:crypto';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { isMain } from './lib/is-main.ts';
import { serve } from './lib/serve.ts';

const PATHS = ['cam-1', 'cam-2'];
const BYTES_PER_MS = 500;

/**
 * A stand-in for the media server: some of its metrics, with its names and labels: two paths that
 * are ready, each with a camera that publishes, and bytes that grow.
 */
export function buildMediamtx(): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  const started = performance.now();
  const cameras = PATHS.map((path, i) => ({ id: randomUUID(), path, port: 40_000 + i }));
  app.get('/metrics', (_request, reply) => {
    const bytes = Math.round((performance.now() - started) * BYTES_PER_MS);
    const perPath = (metric: string, value: number, more = ''): string[] =>
      PATHS.map((name) => `${metric}{name="${name}",${more}state="ready"} ${value}`);
    const perSession = (metric: string, value: number): string[] =>
      cameras.map(
        ({ id, path, port }) =>
          `${metric}{id="${id}",path="${path}",remoteAddr="127.0.0.1:${port}",state="publish"} ${value}`,
      );
    // One metric's lines stand together, as the text format wants it; like the real one, without
    // HELP and TYPE.
    const lines = [
      ...perPath('paths', 1),
      ...perPath('paths_readers', 1, 'readerType="rtspSession",'),
      ...perPath('paths_inbound_bytes', bytes),
      ...perPath('paths_outbound_bytes', bytes),
      ...perPath('paths_inbound_frames_in_error', 0),
      // Those that are deprecated are still there.
      ...perPath('paths_bytes_received', bytes),
      ...perPath('paths_bytes_sent', bytes),
      ...perSession('rtsp_sessions', 1),
      ...perSession('rtsp_sessions_inbound_bytes', bytes),
    ];
    return reply
      .header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
      .send(`${lines.join('\n')}\n`);
  });
  return app;
}

if (isMain(import.meta.url)) await serve('mediamtx', buildMediamtx, 9998);

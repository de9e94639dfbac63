import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';

const RESOLUTION_MS = 10;
const NANOSECONDS = 1e9;

/**
 * With `DIAGNOSTICS=on`: how long the event loop was held up, 99th percentile since it was asked
 * the last time, beyond the timer's own step.
 */
export function addEventLoopDiagnostics(app: FastifyInstance): void {
  if (process.env['DIAGNOSTICS'] !== 'on') return;
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  app.addHook('onClose', (_instance, done) => {
    delays.disable();
    done();
  });
  app.get('/diagnostics/event-loop', () => {
    const p99Seconds = Math.max(0, delays.percentile(99) / NANOSECONDS - RESOLUTION_MS / 1000);
    delays.reset();
    return { p99Seconds };
  });
}

import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

const MAX_DELAY_MS = 60_000;

/**
 * A request says which answer it wants, so that the load knows the truth: `x-provoke-status` (200
 * to 599) and `x-provoke-delay-ms` (0 to 60000). A wish that can't be understood is answered with
 * 400.
 */
export function addProvocation(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { 'x-provoke-status': status, 'x-provoke-delay-ms': delayMs } = request.headers;
    if (status === undefined && delayMs === undefined) return;
    const wantedStatus = wholeNumber(status, 200, 599);
    const wantedDelay = wholeNumber(delayMs, 0, MAX_DELAY_MS);
    if (wantedStatus === null || wantedDelay === null) {
      await reply.code(400).send({
        error:
          'x-provoke-status must be a whole number from 200 to 599 and x-provoke-delay-ms one from ' +
          `0 to ${MAX_DELAY_MS}`,
      });
      return;
    }
    if (wantedDelay !== undefined && wantedDelay > 0) await delay(wantedDelay);
    if (wantedStatus !== undefined && wantedStatus !== 200)
      await reply.code(wantedStatus).send({ provoked: wantedStatus });
  });
}

/**
 * The header as a number; undefined when it isn't there, null when it isn't a whole number in the
 * range.
 */
function wholeNumber(
  header: string | string[] | undefined,
  min: number,
  max: number,
): number | null | undefined {
  if (header === undefined) return undefined;
  const value = Number(header);
  return /^\d+$/.test(String(header)) && value >= min && value <= max ? value : null;
}

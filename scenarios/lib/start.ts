import { sleep } from 'k6';
import http from 'k6/http';
import { params } from './plan.ts';
import type { Start } from './plan.ts';

/** How long the harness may take from k6's start until it knows T0. */
const START_WITHIN_MS = 290_000;
const ASK_AGAIN_MS = 100;

/**
 * Waits until the harness says when the run begins, and then until it does: before T0 nothing is
 * sent.
 */
export function waitForStart(): Start {
  const deadline = Date.now() + START_WITHIN_MS;
  for (;;) {
    const answer = http.get(`${__ENV['CONTROL_URL'] ?? ''}/start`, {
      ...params(null, 'control', '/start', 'text'),
      timeout: Math.max(1, deadline - Date.now()),
    });
    const t0 = answer.status === 200 ? (answer.json() as { t0?: unknown } | null)?.t0 : undefined;
    if (typeof t0 === 'number') {
      sleep(Math.max(0, t0 - Date.now()) / 1000);
      return { t0 };
    }
    if (Date.now() > deadline)
      throw new Error(
        `the harness didn't say when to begin: status ${answer.status} ${answer.error}`,
      );
    sleep(ASK_AGAIN_MS / 1000);
  }
}

import { HarnessError, messageOf } from '../../lib/errors.ts';
import { lastLines } from '../../lib/last-lines.ts';
import { until } from '../../lib/wait.ts';
import type { HealthCheck } from '../../model/compose.ts';
import type { RunContainer } from './container.ts';

/**
 * Asked more often than production does, and only until the first yes: each question starts a
 * process in the container.
 */
const EVERY_MS = 300;
/** After its own time is over, a check has ended within this, ms. */
const ENDED_WITHIN_MS = 5_000;

/**
 * Waits until a container's health check passes, for as long as the engine would take to call it
 * unhealthy (start period, and `retries` intervals). The engine's own checking is switched off in a
 * run: it would go on all the time.
 * @throws HarnessError with what the check said last and the container's last words
 */
export async function untilHealthy(
  container: Pick<RunContainer, 'plan' | 'exec' | 'log'>,
  check: HealthCheck,
  signal: AbortSignal,
): Promise<void> {
  const { service } = container.plan;
  const timeoutMs = check.startPeriodMs + check.retries * check.intervalMs;
  let said = '';
  try {
    await until(
      async () => {
        const { code, output } = await container.exec(check.test, check.timeoutMs);
        said = output.trim() || `exit code ${code}`;
        if (code !== 0) throw new Error(said);
        return true;
      },
      {
        what: `${service} is healthy`,
        timeoutMs,
        everyMs: EVERY_MS,
        // A check that began in time may end; the engine ends it by itself.
        attemptMs: check.timeoutMs + ENDED_WITHIN_MS,
        signal,
      },
    );
  } catch (cause) {
    signal.throwIfAborted();
    throw new HarnessError(
      `${service} isn't healthy after ${Math.round(timeoutMs / 1000)} s: its check ` +
        `\`${check.test.join(' ')}\` said: ${said || messageOf(cause)}`,
      `Its last lines: ${lastLines(await container.log()) || 'it wrote nothing'}\nMend the ` +
        'service, or its healthcheck in the compose file.',
      { cause },
    );
  }
}

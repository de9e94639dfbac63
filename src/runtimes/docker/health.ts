import type Docker from 'dockerode';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import { until } from '../../lib/wait.ts';
import type { HealthCheck } from '../../model/compose.ts';
import { demultiplexed, lastWords } from './logs.ts';

/** Asked more often than production does, and only until the first yes: each question starts a process in the container. */
const EVERY_MS = 300;

/**
 * Waits until a container's health check passes, for as long as the engine would take to call it unhealthy
 * (start period, and `retries` intervals). The engine's own checking is switched off in a run: it would go on all the time.
 * @throws HarnessError with what the check said last and the container's last words
 */
export async function untilHealthy(
  container: Docker.Container,
  service: string,
  check: HealthCheck,
  signal: AbortSignal,
): Promise<void> {
  const timeoutMs = check.startPeriodMs + check.retries * check.intervalMs;
  let said = '';
  try {
    await until(
      async () => {
        const { code, output } = await runInside(container, check.test, check.timeoutMs);
        said = output.trim() || `exit code ${code}`;
        if (code !== 0) throw new Error(said);
        return true;
      },
      { what: `${service} is healthy`, timeoutMs, everyMs: EVERY_MS, signal },
    );
  } catch (cause) {
    signal.throwIfAborted();
    throw new HarnessError(
      `${service} isn't healthy after ${Math.round(timeoutMs / 1000)} s: its check \`${check.test.join(' ')}\` said: ${said || messageOf(cause)}`,
      `Its last lines: ${await lastWords(container)}\nMend the service, or its healthcheck in the compose file.`,
      { cause },
    );
  }
}

/** Runs a command in a container; what it wrote, and its exit code (-1 when it didn't end in time). */
export async function runInside(
  container: Docker.Container,
  command: string[],
  timeoutMs: number,
): Promise<{ code: number; output: string }> {
  const exec = await container.exec({ Cmd: command, AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({ hijack: false, stdin: false });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve) =>
    stream
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', resolve)
      .on('close', resolve)
      .on('error', () => resolve()),
  );
  const timer = setTimeout(() => stream.destroy(), timeoutMs);
  await ended;
  clearTimeout(timer);
  const { ExitCode: code } = await exec.inspect();
  return { code: code ?? -1, output: demultiplexed(Buffer.concat(chunks)) };
}

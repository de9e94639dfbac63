import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { until } from '../../src/lib/wait.ts';
import type { K6Evidence } from '../../src/model/k6-evidence.ts';
import type { LoadPlan } from '../../src/model/load-plan.ts';

const READY_MS = 15_000;
/**
 * k6's exit codes after which it has written its account: done, a threshold crossed, interrupted.
 */
const WITH_ACCOUNT = [0, 99, 105];

/** The load plan of a bench: one service, one life, no steps. */
export const BENCH_LOAD: LoadPlan = {
  arrivals: {},
  tailMs: 0,
  tailShare: 0,
  slowMs: 0,
  speed: 1,
  constants: {},
  signals: {},
  probes: {},
  spans: { backend: [{ name: 'life 1', untilMs: Number.MAX_SAFE_INTEGER, exact: true }] },
  slots: {},
  lengthMs: 0,
};

/** A port of loopback that nobody uses. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a program and waits until its address answers; ends with its disposal. */
export async function started(
  command: string,
  args: string[],
  url: string,
  env: Record<string, string> = {},
): Promise<AsyncDisposable> {
  const child = execa(command, args, { reject: false, stdout: 'ignore', stderr: 'ignore', env });
  await until(async () => ((await fetch(url)).ok ? true : undefined), {
    what: `${command} answers at ${url}`,
    timeoutMs: READY_MS,
    everyMs: 50,
    signal: AbortSignal.timeout(READY_MS),
  });
  return {
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await child;
    },
  };
}

/**
 * Starts the fake backend on a free port; asked for its metrics until it answers, which it doesn't
 * count.
 */
export async function startedBackend(
  env: Record<string, string> = {},
): Promise<{ base: string; service: AsyncDisposable }> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  return {
    base,
    service: await started(
      process.execPath,
      ['--import', 'tsx', 'fake-services/backend.ts', '--port', String(port)],
      `${base}/${env['METRICS'] === 'off' ? 'api/health' : 'metrics'}`,
      env,
    ),
  };
}

/**
 * Sends as many requests as can be sent to the backend; returns k6's account and how long it took.
 */
export async function countedLoad(
  k6: string,
  base: string,
  requests: number,
  interruptAfterMs?: number,
): Promise<{ k6: K6Evidence; seconds: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-bench-load-'));
  const [planFile, summary] = [join(dir, 'load-plan.json'), join(dir, 'summary.json')];
  writeFileSync(planFile, JSON.stringify(BENCH_LOAD));
  const from = Date.now();
  const child = execa(
    k6,
    ['run', '--no-usage-report', '--quiet', '--address', '', 'scenarios/counts.ts'],
    {
      reject: false,
      env: {
        LOAD_PLAN: planFile,
        SUMMARY: summary,
        URLS: JSON.stringify({ backend: base }),
        REQUESTS: String(requests),
      },
    },
  );
  const timer =
    interruptAfterMs === undefined
      ? undefined
      : setTimeout(() => child.kill('SIGINT'), interruptAfterMs);
  const result = await child;
  clearTimeout(timer);
  if (!WITH_ACCOUNT.includes(result.exitCode ?? -1))
    throw new Error(`k6 ended with exit code ${result.exitCode ?? -1}:\n${result.stderr}`);
  const seconds = (Date.now() - from) / 1000;
  const account = JSON.parse(readFileSync(summary, 'utf8')) as Omit<K6Evidence, 'exitCode'>;
  rmSync(dir, { recursive: true });
  return { k6: { exitCode: result.exitCode ?? -1, ...account }, seconds };
}

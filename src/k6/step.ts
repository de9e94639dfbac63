import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { outwardEnvironment } from '../lib/environment.ts';
import { HarnessError } from '../lib/errors.ts';
import { WHO_KILLED, wasKilled } from '../lib/killed.ts';
import { sleepUntil, within } from '../lib/wait.ts';
import { readAccount } from './account.ts';
import type { CapacityAccount, CapacityLoad } from '../model/capacity-load.ts';

/** k6's exit codes that leave a result to be read: done, or a threshold crossed. */
const WITH_RESULT = [0, 99];
/** From k6's question until the load begins, ms: time for the answer to get there. */
const NOTICE_MS = 100;
/** k6 has its virtual users ready after this long, or never, ms. */
const READY_WITHIN_MS = 60_000;
/** Beyond the measured part and the last answer, k6 has this long to end, ms. */
const END_WITHIN_MS = 20_000;
const TAIL_LINES = 6;
/**
 * Go's garbage collector runs when the heap has grown by this many percent: users that wait make it
 * large, and collecting it often costs k6 a third of its CPU.
 */
const GOGC = '400';

export interface K6Options {
  k6: string;
  projectDir: string;
  /** Where its files and its log are written. */
  dir: string;
  /** Names the files. */
  id: string;
  signal: AbortSignal;
  /** When the load is to begin, epoch ms; as soon as k6 is ready by default. */
  beginAt?: Promise<number>;
  /** Called with k6's process number when it was started. */
  onStart: (pid: number) => void;
  /** Called at the beginning and at the end of the measured part. */
  onMeasured: (moment: 'begin' | 'end') => Promise<void> | void;
}

/**
 * Runs k6 once, with a constant arrival rate, and calls back around its measured part.
 * @returns k6's account, and when the measured part began, epoch ms
 * @throws HarnessError when k6 failed, with the end of its output; the signal's reason when aborted
 */
export async function runK6Step(
  load: CapacityLoad,
  options: K6Options,
): Promise<{ account: CapacityAccount; measuredFrom: number }> {
  const { dir, id, signal } = options;
  const loadFile = join(dir, `${id}-load.json`);
  const summary = join(dir, `${id}-summary.json`);
  await writeFile(loadFile, JSON.stringify(load));
  const start = await startServer();
  const k6 = startK6(options, { CAPACITY_LOAD: loadFile, SUMMARY: summary, START_URL: start.url });
  signal.addEventListener('abort', k6.kill, { once: true });
  try {
    if (k6.pid !== undefined) options.onStart(k6.pid);
    const measuredFrom = await measured(load, options, k6, start);
    const timer = setTimeout(k6.kill, load.timeoutMs + END_WITHIN_MS);
    await k6.ended.finally(() => clearTimeout(timer));
    const account = await readAccount<CapacityAccount>(summary, `logs/${id}-k6.log`);
    return { account, measuredFrom };
  } finally {
    signal.removeEventListener('abort', k6.kill);
    await k6.stop();
    await Promise.all([start.close(), rm(loadFile, { force: true }), rm(summary, { force: true })]);
  }
}

/** A k6 that was started. */
interface K6Process {
  pid: number | undefined;
  /** When it ended with a result; rejects with the end of its output when it has none. */
  ended: Promise<void>;
  kill: () => void;
  /** Kills it, and waits until nothing of it is left. */
  stop: () => Promise<void>;
}

function startK6(
  { k6, projectDir, dir, id, signal }: K6Options,
  env: Record<string, string>,
): K6Process {
  const script = join(projectDir, 'scenarios', 'capacity.ts');
  const quiet = ['--no-usage-report', '--no-color', '--quiet', '--address', ''];
  // Outside of a run's namespaces nothing else would end k6 when the harness is killed.
  const child = execa('setpriv', ['--pdeathsig', 'KILL', k6, 'run', ...quiet, script], {
    ...outwardEnvironment(dir, { ...env, K6_NO_USAGE_REPORT: 'true', GOGC }),
    reject: false,
    buffer: false,
    stdin: 'ignore',
    detached: true,
  });
  const logFile = join(dir, 'logs', `${id}-k6.log`);
  const log = createWriteStream(logFile);
  child.stdout.pipe(log);
  child.stderr.pipe(log, { end: false });
  let isEnded = false;
  const ended = child.then(async (result) => {
    signal.throwIfAborted();
    if (!isEnded && wasKilled(result))
      throw new HarnessError('k6 was killed (SIGKILL)', WHO_KILLED);
    const exit = result.exitCode ?? result.signal ?? 'unknown';
    if (typeof exit === 'number' && WITH_RESULT.includes(exit)) return;
    throw new HarnessError(
      `k6 ended with ${exit}: ${(await tailOf(logFile)) || result.message || 'it wrote nothing'}`,
      `Its output is in logs/${id}-k6.log of the run folder.`,
    );
  });
  ended.catch(() => undefined);
  const kill = (): void => {
    isEnded = true;
    child.kill('SIGKILL');
  };
  const stop = async (): Promise<void> => {
    kill();
    await child;
    log.end();
  };
  return { pid: child.pid, ended, kill, stop };
}

async function tailOf(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-TAIL_LINES).join('\n');
}

/**
 * Lets k6 begin when it is ready, and calls back at both ends of the measured part.
 * @returns when the measured part began, epoch ms
 */
async function measured(
  load: CapacityLoad,
  { id, signal, beginAt, onMeasured }: K6Options,
  { ended }: K6Process,
  start: Start,
): Promise<number> {
  const tooSoon = ended.then(() =>
    Promise.reject(
      new HarnessError('k6 ended before it began', `Its output is in logs/${id}-k6.log.`),
    ),
  );
  tooSoon.catch(() => undefined);
  await within(Promise.race([start.asked, tooSoon]), READY_WITHIN_MS, 'k6', signal);
  const t0 = await Promise.race([beginAt ?? Promise.resolve(Date.now() + NOTICE_MS), tooSoon]);
  start.release(t0);
  const measuredFrom = t0 + load.warmUpMs;
  await Promise.race([sleepUntil(measuredFrom, signal), ended]);
  await onMeasured('begin');
  await Promise.race([sleepUntil(measuredFrom + load.measuredMs, signal), ended]);
  await onMeasured('end');
  return measuredFrom;
}

interface Start {
  url: string;
  /** When k6 has asked. */
  asked: Promise<void>;
  /** Answers k6 with the moment at which it begins, epoch ms. */
  release: (t0: number) => void;
  close: () => Promise<void>;
}

/** Tells k6 when to begin: on a port of loopback that nobody else uses. */
async function startServer(): Promise<Start> {
  let release: (t0: number) => void = () => undefined;
  const released = new Promise<number>((resolve) => (release = resolve));
  let ask: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const server = createServer((_request, response) => {
    ask();
    void released.then((t0) => response.end(String(t0)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/start`,
    asked,
    release,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

import { cp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { madeEnvironment } from '../lib/environment.ts';
import { HarnessError } from '../lib/errors.ts';
import { lastLines } from '../lib/last-lines.ts';
import { PrometheusApi } from '../lib/prometheus-api.ts';
import { until } from '../lib/wait.ts';
import { makeTemporary } from '../lib/temporary.ts';

const READY_MS = 20_000;
/** Questions that are asked at once. */
export const AT_ONCE = 8;

/** A Prometheus that answers from a run's blocks and does nothing else. */
export interface Engine extends AsyncDisposable {
  api: PrometheusApi;
}

export interface EngineOptions {
  /** Path of the program. */
  prometheus: string;
  /** Folder with the blocks; they are copied. */
  blocks: string;
  /** Flags that change what a query means, as the run's Prometheus had them. */
  flags: string[];
  signal: AbortSignal;
}

/**
 * Starts a Prometheus of its own on a copy of the blocks, on a free port of loopback: it scrapes
 * nothing and has no rules.
 * @throws HarnessError when it doesn't answer
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const dir = await makeTemporary('replay');
  const data = join(dir, 'data');
  await cp(options.blocks, data, { recursive: true });
  await writeFile(join(dir, 'prometheus.yml'), '');
  const address = `127.0.0.1:${await freePort()}`;
  const child = execa(
    options.prometheus,
    [
      `--config.file=${join(dir, 'prometheus.yml')}`,
      `--storage.tsdb.path=${data}`,
      // A run of long ago is kept as well.
      '--storage.tsdb.retention.time=100y',
      '--storage.tsdb.no-lockfile',
      `--web.listen-address=${address}`,
      `--query.max-concurrency=${AT_ONCE}`,
      '--log.level=warn',
      ...options.flags.filter((flag) => flag.startsWith('--query.lookback-delta=')),
    ],
    {
      ...{ reject: false, all: true, cancelSignal: options.signal, forceKillAfterDelay: 2_000 },
      ...madeEnvironment(homedir()),
    },
  );
  let ended: string | undefined;
  void child.then(({ all }) => (ended = all));
  const dispose = async (): Promise<void> => {
    child.kill('SIGKILL');
    await child;
    await rm(dir, { recursive: true, force: true });
  };
  const api = new PrometheusApi(`http://${address}`, 30_000);
  try {
    await until(
      async () => {
        if (ended !== undefined)
          throw new HarnessError(
            `Prometheus can't read the blocks: ${lastLines(ended)}`,
            'They may be of a newer version of Prometheus than the one that is here.',
          );
        await api.ready();
        return true;
      },
      {
        what: 'Prometheus answers from the blocks',
        timeoutMs: READY_MS,
        everyMs: 20,
        signal: options.signal,
      },
    );
  } catch (error) {
    await dispose();
    throw error;
  }
  return { api, [Symbol.asyncDispose]: dispose };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

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
 * @throws HarnessError when there are no blocks, or it doesn't answer; then nothing is left
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const dir = await makeTemporary('replay');
  const remove = (): Promise<void> => rm(dir, { recursive: true, force: true });
  try {
    await copyBlocks(options.blocks, join(dir, 'data'));
    await writeFile(join(dir, 'prometheus.yml'), '');
    const engine = await answering(dir, options);
    const dispose = async (): Promise<void> => {
      await engine.kill();
      await remove();
    };
    return { api: engine.api, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function copyBlocks(blocks: string, data: string): Promise<void> {
  try {
    await cp(blocks, data, { recursive: true });
  } catch (cause) {
    const { code, path } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || path !== blocks) throw cause;
    throw new HarnessError(
      `the blocks of Prometheus that the run kept are gone: there is no ${blocks}`,
      'Bring them back, or run it again.',
      { cause },
    );
  }
}

/** Starts Prometheus in a folder with its files, and waits until it answers. */
async function answering(
  dir: string,
  options: EngineOptions,
): Promise<{ api: PrometheusApi; kill: () => Promise<void> }> {
  const address = `127.0.0.1:${await freePort()}`;
  // It dies with this process, however that ends.
  const child = execa(
    'setpriv',
    [
      ...['--pdeathsig', 'KILL', options.prometheus],
      `--config.file=${join(dir, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(dir, 'data')}`,
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
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await child;
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
    await kill();
    throw error;
  }
  return { api, kill };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

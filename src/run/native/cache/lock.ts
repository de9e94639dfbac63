import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../../../lib/processes.ts';
import { until } from '../../../lib/wait.ts';

const WAIT_MS = 600_000;

/**
 * Holds a lock folder while `work` is done, so that two runs with an empty cache don't both build it.
 * The lock of a process that is dead is taken over.
 */
export async function withLock<T>(path: string, signal: AbortSignal, onWait: () => void, work: () => Promise<T>): Promise<T> {
  let told = false;
  await until(
    async () => {
      try {
        await mkdir(path);
        await writeFile(join(path, 'pid'), String(process.pid));
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const pid = Number(await readFile(join(path, 'pid'), 'utf8').catch(() => '0'));
      if (pid > 0 && !isAlive(pid)) await rm(path, { recursive: true, force: true });
      else if (!told) {
        told = true;
        onWait();
      }
      throw new Error(`process ${pid} holds the lock`);
    },
    { what: `the lock ${path} is free`, timeoutMs: WAIT_MS, everyMs: 200, signal },
  );
  try {
    return await work();
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

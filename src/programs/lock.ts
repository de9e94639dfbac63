import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lifeOf, markOf, pidOf } from '../lib/process-mark.ts';
import { until } from '../lib/wait.ts';

const WAIT_MS = 600_000;

/**
 * Holds a lock folder while `work` is done, so that two runs with an empty cache don't both build
 * it. The lock of a process that is dead is taken over.
 * @param onWait called once when another process holds it
 */
export async function withLock<T>(
  path: string,
  signal: AbortSignal,
  onWait: () => void,
  work: () => Promise<T>,
): Promise<T> {
  const owner = `pid-${randomUUID()}`;
  const staged = `${path}-${markOf()}-${owner}`;
  let told = false;
  try {
    await mkdir(staged);
    await writeFile(join(staged, owner), markOf());
    await until(
      async () => {
        // A folder takes the place of an empty one only: the lock is never seen without its owner,
        // and has just one.
        if (await rename(staged, path).then(() => true, isTaken)) return true;
        const holders = await living(path);
        if (holders.length > 0 && !told) {
          told = true;
          onWait();
        }
        throw new Error(`${holders.join(', ')} holds the lock`);
      },
      { what: `the lock ${path} is free`, timeoutMs: WAIT_MS, everyMs: 200, signal },
    );
    return await work();
  } finally {
    await rm(staged, { recursive: true, force: true });
    await unlink(join(path, owner))
      .then(() => rmdir(path))
      .catch(() => undefined);
  }
}

/** False for a lock that is held; any other error is thrown on. */
function isTaken(error: NodeJS.ErrnoException): boolean {
  if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST') return false;
  throw error;
}

/**
 * The owners that live or may live, in words; dead ones are removed by their own unique names, so
 * that nobody's fresh lock is ever hit.
 */
async function living(path: string): Promise<string[]> {
  const holders: string[] = [];
  for (const name of await readdir(path).catch(() => [])) {
    const mark = await readFile(join(path, name), 'utf8').catch(() => '');
    const [pid, life] = [pidOf(mark), lifeOf(mark)];
    if (pid === undefined || life === 'dead')
      await rm(join(path, name), { recursive: true, force: true });
    else if (life === 'alive') holders.push(`process ${pid}`);
    else
      holders.push(
        `process ${pid} of another container or machine (if it has ended, remove ${path})`,
      );
  }
  return holders;
}

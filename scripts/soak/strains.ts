import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { memoryLimit } from './memory-limit.ts';
import { stopsOf } from './stops.ts';

/** What a run has to bear. */
export interface Strain {
  /** In words. */
  meaning: string;
  /**
   * Begins it; disposed, it is over.
   * @param pid of the run
   * @param dir a folder that it may write to
   */
  begin: (pid: number, dir: string) => AsyncDisposable;
}

const BUSY = 'for (;;);';
/** Writes 4 MiB to the file that it is told, and waits until the disk has them, for ever. */
const SYNCING = `
  const fs = require('node:fs');
  const block = Buffer.alloc(4 * 2 ** 20);
  for (;;) {
    const file = fs.openSync(process.argv[1], 'w');
    fs.writeSync(file, block);
    fs.fsyncSync(file);
    fs.closeSync(file);
  }`;

export const STRAINS: Record<string, Strain> = {
  none: { meaning: 'nothing else', begin: () => nothing },
  'one-core': { meaning: 'one core busy', begin: () => programs(1, BUSY) },
  'all-cores': {
    meaning: 'every core busy with four processes',
    begin: () => programs(4 * availableParallelism(), BUSY),
  },
  disk: {
    meaning: 'a process that writes and syncs without a pause',
    begin: (_, dir) => programs(1, SYNCING, join(dir, 'block')),
  },
  memory: { meaning: '1.5 GiB of memory for all of it', begin: (pid) => memoryLimit(pid) },
  stops: {
    meaning: 'a process of its own stands still for 200 ms, again and again',
    begin: stopsOf,
  },
};

const nothing: AsyncDisposable = { [Symbol.asyncDispose]: () => Promise.resolve() };

/** So many programs of Node.js at once. */
function programs(count: number, text: string, ...args: string[]): AsyncDisposable {
  const children = Array.from({ length: count }, () =>
    execa(process.execPath, ['-e', text, ...args], {
      reject: false,
      stdio: 'ignore',
    }),
  );
  return {
    [Symbol.asyncDispose]: async () => {
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(children);
    },
  };
}

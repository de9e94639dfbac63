import { closeSync, openSync, writeSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { HarnessError } from '../../../../src/lib/errors.ts';
import type { Disturbance } from '../disturbance.ts';

/** A run asks for 400 MiB before it starts. */
const DISK = '512m';
const BLOCK = Buffer.alloc(2 ** 20);

/** The runs' folder lies on a small disk of its own, and somebody else's file fills it. */
export const DISK_FILLS: Disturbance = {
  meaning: "the disk of the run's folder fills",
  prepare: async ({ dir }) => {
    const disk = join(dir, 'disk');
    const file = join(disk, 'of-somebody-else');
    await mkdir(disk);
    const mounted = await execa('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', disk], {
      reject: false,
    });
    if (mounted.failed)
      throw new HarnessError(
        `no disk of its own can be mounted: ${mounted.stderr}`,
        'Leave this disturbance out, with --kill for each of the others, or be root.',
      );
    return {
      runs: join(disk, 'runs'),
      strike: () => {
        const megabytes = fill(file);
        return Promise.resolve(`a disk, with a file of ${megabytes} MiB`);
      },
      relieve: () => rm(file, { force: true }),
      [Symbol.asyncDispose]: async () => {
        // For who looks at what wasn't right.
        await cp(join(disk, 'runs'), join(dir, 'runs'), { recursive: true }).catch(() => undefined);
        await execa('umount', [disk]);
      },
    };
  },
  isTold: ({ exitCode, output }) =>
    exitCode === 0 || (exitCode === 2 && /no space is left|disk is full|MB left/i.test(output)),
};

/** Writes a file until the disk takes no more. @returns its size, MiB */
function fill(path: string): number {
  const file = openSync(path, 'w');
  try {
    for (let blocks = 0; ; blocks++)
      if (!took(file)) {
        while (took(file, 4_096));
        return blocks;
      }
  } finally {
    closeSync(file);
  }
}

function took(file: number, bytes = BLOCK.length): boolean {
  try {
    return writeSync(file, BLOCK, 0, bytes) > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { HarnessError } from '../../../../src/lib/errors.ts';
import { defaultCacheDir } from '../../../../src/programs/index.ts';
import type { Disturbance, Ending } from '../disturbance.ts';

/** So many files are damaged. */
const FILES = 3;

/** What is done to a file. */
type Damage = (path: string) => void;

const DAMAGES: Record<string, { meaning: string; damage: Damage }> = {
  'cache cut': { meaning: 'files of the cache are cut short', damage: rewritten(cut) },
  'cache flipped': {
    meaning: 'bytes of files of the cache are others',
    damage: rewritten(flipped),
  },
  'cache file gone': { meaning: 'files of the cache are gone', damage: (path) => rmSync(path) },
  'cache folder gone': {
    meaning: 'folders of the cache are gone',
    damage: (path) => rmSync(dirname(path), { recursive: true, force: true }),
  },
};

/** A copy of the cache is damaged before the run starts; the real one is left alone. */
export const CACHES: Record<string, Disturbance> = Object.fromEntries(
  Object.entries(DAMAGES).map(([name, { meaning, damage }]) => [
    name,
    withDamaged(meaning, damage),
  ]),
);

function withDamaged(meaning: string, damage: Damage): Disturbance {
  return {
    meaning,
    prepare: async ({ dir, draw: { random } }) => {
      const cache = join(dir, 'cache');
      await copyOf(defaultCacheDir(), cache);
      const paths = await filesOf(cache);
      const hit = Array.from({ length: FILES }, () => paths[Math.floor(random() * paths.length)]);
      const chosen = [...new Set(hit)].filter((path) => path !== undefined);
      // Whoever lies in a folder that has gone with another one is gone too.
      for (const path of chosen) if (await isThere(path)) damage(path);
      return {
        env: { GTV_CACHE: cache },
        done: chosen.map((path) => path.slice(cache.length + 1)).join(', '),
        [Symbol.asyncDispose]: () => rm(cache, { recursive: true, force: true }),
      };
    },
    isTold: isNoticed,
  };
}

/** It is built anew, and says so, or can't be. */
function isNoticed({ exitCode, output }: Ending): boolean {
  return (
    (exitCode === 0 || exitCode === 2) &&
    /the cache is not usable/.test(output) &&
    !/ended by itself/.test(output)
  );
}

/**
 * Links, where both lie on one disk: no run writes into a file of its cache, and what is damaged
 * here is written as a new file.
 */
async function copyOf(cache: string, to: string): Promise<void> {
  const copy = (how: string) => execa('cp', ['-a', how, cache, to], { reject: false });
  if (!(await copy('--link')).failed) return;
  await rm(to, { recursive: true, force: true });
  const { failed, stderr } = await copy('--reflink=auto');
  if (failed)
    throw new HarnessError(`${cache} can't be copied: ${stderr}`, 'Fetch it first: npm run fetch.');
}

/** The files of the programs, not what other commands keep there. */
async function filesOf(cache: string): Promise<string[]> {
  const entries = await readdir(cache, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /^v\d/.test(path.slice(cache.length + 1)))
    .sort();
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Written as a new file: its other links keep what they had. */
export function rewritten(change: (bytes: Buffer) => Buffer): Damage {
  return (path) => {
    const bytes = readFileSync(path);
    rmSync(path);
    writeFileSync(path, change(bytes), { mode: 0o755 });
  };
}

export function cut(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

/** As long as before, with its middle inverted. */
export function flipped(bytes: Buffer): Buffer {
  const middle = Math.floor(bytes.length / 2);
  const changed = Buffer.from(bytes);
  for (let i = middle; i < Math.min(middle + 64, bytes.length); i++) changed[i] = ~(bytes[i] ?? 0);
  return changed;
}

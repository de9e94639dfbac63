import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { takeOrBuild } from '../../src/programs/place.ts';

/** A part of a cache that takes so much, and whether somebody began to build it. */
async function built(
  needsBytes: number,
): Promise<{ error: unknown; begun: boolean; left: string[] }> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'gtv-place-'));
  onTestFinished(() => rmSync(cacheDir, { recursive: true }));
  let begun = false;
  const error: unknown = await takeOrBuild(
    {
      ...{ cacheDir, root: join(cacheDir, 'part'), what: 'the cache', needsBytes },
      ...{ onProgress: () => undefined, signal: new AbortController().signal },
    },
    () => Promise.resolve(undefined),
    async (dir) => {
      begun = true;
      await mkdir(dir);
    },
  ).catch((reason: unknown) => reason);
  expect(existsSync(join(cacheDir, 'part'))).toBe(begun);
  return { error, begun, left: readdirSync(cacheDir).filter((name) => name !== 'part') };
}

it('a cache without room is refused before anything is fetched, with the figures', async () => {
  const { error, begun, left } = await built(2 ** 62);
  expect(begun).toBe(false);
  expect(error).toMatchObject({
    message: expect.stringMatching(/ has \d+ MB left, and the cache needs up to \d+ MB$/) as string,
    advice: expect.stringContaining('GTV_CACHE') as string,
  });
  expect(left).toEqual([]);
});

it('one with room is built', async () => {
  expect(await built(1)).toMatchObject({ error: undefined, begun: true });
});

it('what a run has mounted stays until it has ended, and goes then', async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'gtv-place-'));
  const root = join(cacheDir, 'part-of-a-test');
  onTestFinished(() => rmSync(cacheDir, { recursive: true }));
  const buildAnew = (text: string): Promise<unknown> =>
    takeOrBuild(
      {
        ...{ cacheDir, root, what: 'the cache', needsBytes: 1 },
        ...{ onProgress: () => undefined, signal: new AbortController().signal },
      },
      () => Promise.resolve(undefined),
      async (dir) => {
        await mkdir(dir);
        await writeFile(join(dir, 'program'), text);
      },
    );
  await buildAnew('first');
  const script = 'mount -t tmpfs none /mnt && mount --bind "$1" /mnt && echo on && exec sleep 600';
  const run = execa('unshare', ['--mount', 'sh', '-c', script, 'sh', root], { reject: false });
  onTestFinished(() => void run.kill('SIGKILL'));
  await once(run.stdout, 'data');
  const seen = (): string => readFileSync(`/proc/${run.pid}/root/mnt/program`, 'utf8');

  await buildAnew('second');
  expect([seen(), readFileSync(join(root, 'program'), 'utf8')]).toEqual(['first', 'second']);
  await buildAnew('third');
  expect([seen(), readdirSync(cacheDir).length]).toEqual(['first', 3]);

  run.kill('SIGKILL');
  await run;
  await buildAnew('fourth');
  expect(readdirSync(cacheDir)).toEqual(['part-of-a-test']);
});

import { constants } from 'node:fs';
import { access, readdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import type { PromtoolRun } from '../check/index.ts';
import { promtoolEnvironment } from '../engine/environment.ts';
import { makeTemporary } from '../lib/temporary.ts';

/** Far longer than any tests of rules take. */
const TIMEOUT_MS = 60_000;

/** promtool as {@link findProgram} has it. */
export async function findPromtool(): Promise<string | undefined> {
  return findProgram('promtool');
}

/** A program from the PATH, or from the cache of programs if it is there; nothing is fetched. */
export async function findProgram(program: string): Promise<string | undefined> {
  const candidates = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((dir) => dir !== '')
    .map((dir) => join(dir, program));
  for (const path of candidates) if (await runnable(path)) return path;
  const { knownCacheDir } = await import('../programs/index.ts');
  const known = knownCacheDir();
  if (known === undefined) return undefined;
  const cacheDir = resolve(known);
  const names = (await readdir(cacheDir).catch(() => []))
    .filter((name) => /^v\d+-/.test(name))
    .sort()
    .reverse();
  for (const name of names) {
    const path = join(cacheDir, name, 'usr', 'bin', program);
    if (await runnable(path)) return path;
  }
  return undefined;
}

/** Runs promtool on test files, until the signal. @returns its exit code and all it wrote */
export async function runPromtool(
  promtool: string,
  texts: string[],
  signal?: AbortSignal,
): Promise<PromtoolRun> {
  const { execa } = await import('execa');
  const dir = await makeTemporary('check');
  try {
    const paths = texts.map((_, i) => join(dir, `tests-${i}.yml`));
    await Promise.all(texts.map((text, i) => writeFile(paths[i] ?? '', text)));
    const { exitCode, stdout, stderr, shortMessage } = await execa(
      promtool,
      ['test', 'rules', ...paths],
      {
        reject: false,
        timeout: TIMEOUT_MS,
        ...(signal ? { cancelSignal: signal, killSignal: 'SIGKILL' } : {}),
        // What it writes meanwhile is gone with the folder, also when it was ended.
        env: { ...promtoolEnvironment(), TMPDIR: dir },
      },
    );
    return exitCode === undefined
      ? { reason: shortMessage ?? 'promtool did not end', because: 'failed' }
      : { exitCode, output: `${stdout}\n${stderr}` };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function runnable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

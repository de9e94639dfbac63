import { checkHost, defaultCacheDir, ensureCache } from '../programs/index.ts';
import type { Output } from './output.ts';

export interface FetchOptions {
  /** Where to; by default the cache that the runs use. */
  cacheDir?: string;
  /** Compare the checksum of every file. */
  verify?: boolean;
  /** Build it anew even if it is whole. */
  fresh?: boolean;
  signal: AbortSignal;
}

/**
 * `npm run fetch`: fetches and checks the programs, and says what is there. Returns the exit code.
 */
export async function fetchPrograms(
  options: FetchOptions,
  output: Pick<Output, 'print' | 'error' | 'quiet'>,
): Promise<0> {
  const started = Date.now();
  await checkHost();
  const cacheDir = options.cacheDir ?? defaultCacheDir();
  const programs = await ensureCache({
    cacheDir,
    onProgress: (line) => {
      if (!output.quiet) output.error(line);
    },
    signal: options.signal,
    deep: options.verify ?? false,
    fresh: options.fresh ?? false,
  });
  const width = Math.max(...Object.keys(programs.versions).map((name) => name.length));
  output.print(
    Object.entries(programs.versions)
      .map(([name, version]) => `${name.padEnd(width)}  ${version}`)
      .join('\n'),
  );
  output.print(`Ready in ${((Date.now() - started) / 1000).toFixed(1)} s, in ${cacheDir}.`);
  return 0;
}

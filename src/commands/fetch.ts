import { checkHost, defaultCacheDir, ensureCache } from '../run/native/cache/index.ts';

export interface FetchOptions {
  verify: boolean;
  fresh: boolean;
  signal: AbortSignal;
  print: (line: string) => void;
}

/** `npm run fetch`: fetches and checks the programs, and says what is there. Returns the exit code. */
export async function fetchPrograms(options: FetchOptions): Promise<0> {
  const started = Date.now();
  await checkHost();
  const cacheDir = defaultCacheDir();
  const programs = await ensureCache({ cacheDir, onProgress: options.print, signal: options.signal, deep: options.verify, fresh: options.fresh });
  const width = Math.max(...Object.keys(programs.versions).map((name) => name.length));
  options.print(Object.entries(programs.versions).map(([name, version]) => `${name.padEnd(width)}  ${version}`).join('\n'));
  options.print(`Ready in ${((Date.now() - started) / 1000).toFixed(1)} s, in ${cacheDir}.`);
  return 0;
}

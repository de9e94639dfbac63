import { access, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { requireMountable } from '../lib/mountable.ts';
import { TECHNOLOGIES } from '../technologies/registry.ts';
import { downloadPackages } from './apt.ts';
import { describeFiles } from './files.ts';
import { K6_VERSION, fetchK6, presentK6 } from './k6.ts';
import { check, describe, describePackage, lackedBy, readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { takeOrBuild } from './place.ts';
import { nativeSelection } from './selection.ts';
import { thisSystem } from './system.ts';
import type { System } from './system.ts';
import { unpack } from './unpack.ts';

export { checkHost } from './host.ts';
export { defaultCacheDir, knownCacheDir } from './cache-dir.ts';

/** The programs of the native runtime, ready to run. */
export interface Programs {
  /** Folder to lay over /usr. */
  usr: string;
  /** Path of the k6 program. */
  k6: string;
  /** Name → version, for people. */
  versions: Record<string, string>;
}

export interface CacheOptions {
  cacheDir: string;
  onProgress: (line: string) => void;
  signal: AbortSignal;
  /** Compare every file's checksum, not only those of files that look different. */
  deep?: boolean;
  /** Build anew even if the cache is whole. */
  fresh?: boolean;
}

/** 550 MB unpacked, 130 MB of packages, and the lists of two suites. */
const NEEDS_BYTES = 900 * 1024 * 1024;

function nativeRoot(cacheDir: string, system: System): string {
  return join(cacheDir, `v1-${system.id}-${system.codename}-${process.arch}`);
}

/** What the cache says of itself, unchecked; undefined when there is none. */
export async function nativeManifest(cacheDir: string): Promise<Manifest | undefined> {
  return readManifest(nativeRoot(resolve(cacheDir), await thisSystem())).catch(() => undefined);
}

/**
 * Makes sure that the programs are there: a whole cache is taken as it is, without any network; a
 * broken or missing one is built beside and put in place at once, so that half a cache is never
 * seen.
 * @throws HarnessError when something can't be fetched; then nothing is left behind. The signal's
 * reason when aborted
 */
export async function ensureCache(options: CacheOptions): Promise<Programs> {
  const { onProgress, signal } = options;
  const cacheDir = resolve(options.cacheDir);
  requireMountable(cacheDir, 'the cache folder', 'Name another folder in GTV_CACHE.');
  const system = await thisSystem();
  const root = nativeRoot(cacheDir, system);
  const ownK6 = await presentK6();
  const programs = (versions: Record<string, string>): Programs => ({
    usr: join(root, 'usr'),
    k6: ownK6?.path ?? join(root, 'k6'),
    versions: { ...versions, k6: ownK6?.version ?? K6_VERSION },
  });
  const usable = async (tell: boolean): Promise<Programs | undefined> => {
    if (options.fresh) return undefined;
    const found = await check(root, options.deep ?? false);
    const lacked =
      'wrong' in found
        ? undefined
        : (lackedBy(found) ?? (ownK6 || found.programs['k6'] ? undefined : 'k6'));
    const wrong =
      'wrong' in found ? found.wrong : lacked === undefined ? undefined : `${lacked} is missing`;
    if (wrong === undefined && !('wrong' in found)) return programs(found.versions);
    if (tell && wrong !== 'absent')
      onProgress(`the cache is not usable (${wrong}): building it anew`);
    return undefined;
  };
  return takeOrBuild(
    { cacheDir, root, what: 'the cache', needsBytes: NEEDS_BYTES, onProgress, signal },
    usable,
    async (building) =>
      programs((await build(building, { onProgress, signal }, ownK6 === undefined)).versions),
  );
}

async function build(
  dir: string,
  progress: Pick<CacheOptions, 'onProgress' | 'signal'>,
  withK6: boolean,
): Promise<Manifest> {
  const fetching = { dir, ...progress };
  await mkdir(dir, { recursive: true });
  const paths = await downloadPackages(fetching, await nativeSelection());
  const packages = await Promise.all(paths.map(describePackage));
  await unpack(fetching, paths);
  if (withK6) await fetchK6(fetching, join(dir, 'usr'), join(dir, 'k6'));
  const manifest = await describe(dir, packages, versionsOf(packages));
  await describeFiles(dir);
  await Promise.all(
    ['apt', 'k6-download'].map((name) => rm(join(dir, name), { recursive: true, force: true })),
  );
  await writeFile(join(dir, 'manifest.json'), JSON.stringify(manifest, null, 2));
  return manifest;
}

/** Versions of what a reader of a report wants to know; k6 comes from elsewhere. */
function versionsOf(packages: Manifest['packages']): Record<string, string> {
  const shown: Record<string, RegExp> = Object.assign(
    {},
    ...TECHNOLOGIES.map((technology) => technology.packages?.versions ?? {}),
  ) as Record<string, RegExp>;
  return Object.fromEntries(
    Object.entries(shown).map(([title, pattern]) => [
      title,
      packages.find(({ name }) => pattern.test(name))?.version ?? 'unknown',
    ]),
  );
}

/** Path of the cache's k6; undefined when there is none. Nothing is fetched. */
export async function cachedK6(cacheDir: string): Promise<string | undefined> {
  for (const name of await readdir(cacheDir).catch(() => [])) {
    const path = join(cacheDir, name, 'k6');
    if (
      name.endsWith(`-${process.arch}`) &&
      (await access(path).then(
        () => true,
        () => false,
      ))
    )
      return path;
  }
  return undefined;
}

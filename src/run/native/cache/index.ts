import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { HarnessError, messageOf } from '../../../lib/errors.ts';
import { isAlive } from '../../../lib/processes.ts';
import { downloadPackages } from './apt.ts';
import { fetchK6, presentK6 } from './k6.ts';
import { withLock } from './lock.ts';
import { check, describe, sha256 } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { thisSystem } from './system.ts';
import { unpack } from './unpack.ts';

export { checkHost } from './host.ts';

/** The programs of the native runtime, ready to run. */
export interface Programs {
  /** Folder to lay over /usr. */
  usr: string;
  /** Path of the k6 program. */
  k6: string;
  versions: Record<string, string>;
}

export interface CacheOptions {
  cacheDir: string;
  onProgress: (line: string) => void;
  signal: AbortSignal;
  /** Compare checksums too, not only sizes. */
  deep?: boolean;
  /** Build anew even if the cache is whole. */
  fresh?: boolean;
}

/** `$GTV_CACHE`, else the user's cache folder. */
export function defaultCacheDir(): string {
  return process.env['GTV_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'gt-vision-observability');
}

/**
 * Makes sure that the programs are there: a whole cache is taken as it is, without any network; a broken or missing
 * one is built beside and put in place at once, so that half a cache is never seen.
 * @throws HarnessError when something can't be fetched; then nothing is left behind
 */
export async function ensureCache(options: CacheOptions): Promise<Programs> {
  const { cacheDir, onProgress, signal } = options;
  const system = await thisSystem();
  const root = join(cacheDir, `v1-${system.id}-${system.codename}-${process.arch}`);
  const ownK6 = await presentK6();
  const usable = async (): Promise<Programs | undefined> => {
    const found = await check(root, options.deep ?? false);
    if (!('wrong' in found) && (ownK6 !== undefined || found.programs['k6'])) return { usr: join(root, 'usr'), k6: ownK6 ?? join(root, 'k6'), versions: found.versions };
    if ('wrong' in found && found.wrong !== 'absent') onProgress(`the cache is not usable (${found.wrong}): building it anew`);
    return undefined;
  };
  const present = options.fresh ? undefined : await usable();
  if (present) return present;
  await mkdir(cacheDir, { recursive: true });
  return withLock(join(cacheDir, '.lock'), signal, () => onProgress('another process is building the cache: waiting for it'), async () => {
    const meanwhile = options.fresh ? undefined : await usable();
    if (meanwhile) return meanwhile;
    await removeAbandoned(cacheDir);
    const building = join(cacheDir, `.building-${process.pid}`);
    try {
      const manifest = await build(building, { onProgress, signal }, ownK6 === undefined);
      await rm(root, { recursive: true, force: true });
      await rename(building, root);
      return { usr: join(root, 'usr'), k6: ownK6 ?? join(root, 'k6'), versions: manifest.versions };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof HarnessError) throw error;
      throw new HarnessError(`the cache could not be built: ${messageOf(error)}`, `Is there space in ${cacheDir} (1 GB)? Then run \`npm run fetch\` again.`, { cause: error });
    } finally {
      await rm(building, { recursive: true, force: true });
    }
  });
}

async function build(dir: string, progress: Pick<CacheOptions, 'onProgress' | 'signal'>, withK6: boolean): Promise<Manifest> {
  const fetching = { dir, ...progress };
  await mkdir(dir, { recursive: true });
  const packages = await downloadPackages(fetching);
  const hashes = await Promise.all(packages.map(async (path) => ({ file: basename(path), sha256: await sha256(path) })));
  await unpack(fetching, packages);
  if (withK6) await fetchK6(fetching, join(dir, 'usr'), join(dir, 'k6'));
  const manifest = await describe(dir, hashes, versionsOf(hashes.map((h) => h.file)));
  await Promise.all(['apt', 'k6-download'].map((name) => rm(join(dir, name), { recursive: true, force: true })));
  await writeFile(join(dir, 'manifest.json'), JSON.stringify(manifest, null, 2));
  return manifest;
}

/** Versions of what a reader of a report wants to know, from the packages' file names. */
function versionsOf(files: string[]): Record<string, string> {
  const shown: Record<string, RegExp> = { prometheus: /^prometheus_/, alertmanager: /^prometheus-alertmanager_/, 'node exporter': /^prometheus-node-exporter_/, 'postgres exporter': /^prometheus-postgres-exporter_/, 'redis exporter': /^prometheus-redis-exporter_/, postgresql: /^postgresql-\d+_/, redis: /^redis-server_/, rabbitmq: /^rabbitmq-server_/ };
  const versions = Object.entries(shown).map(([name, pattern]) => [name, decodeURIComponent(files.find((file) => pattern.test(file))?.split('_')[1] ?? 'unknown')]);
  return { ...(Object.fromEntries(versions) as Record<string, string>), k6: '1.1.0' };
}

async function removeAbandoned(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const pid = /^\.building-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(cacheDir, name), { recursive: true, force: true });
  }
}

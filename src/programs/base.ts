import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { downloadPackages } from './apt.ts';
import { damagedFiles, describeFiles } from './files.ts';
import type { CacheOptions } from './index.ts';
import { MANIFEST, countFiles, describePackage, readManifest } from './manifest.ts';
import { takeOrBuild } from './place.ts';
import { baseSelection } from './selection.ts';
import { thisSystem } from './system.ts';
import { unpack } from './unpack.ts';

const SCHEMA = 1;
/** 54 MB unpacked, their packages, and apt's lists. */
const NEEDS_BYTES = 250 * 1024 * 1024;
const BASE = z.object({
  schema: z.literal(SCHEMA),
  /** Packages of the native runtime that it was made to complete. */
  completes: z.array(z.string()),
  files: z.number(),
  packages: MANIFEST.shape.packages,
});

/** Two folders that together are the /usr of a root file system. */
export interface RootFileSystem {
  /** Folders to be put one over the other, the first one first. */
  usr: string[];
  /** Name → version of every package in it. */
  packages: Record<string, string>;
}

/**
 * Makes sure that the base system is there: what the native runtime takes from the machine's own
 * /usr, and an image has to bring. Needs the native runtime's part of the cache, see `ensureCache`.
 * @param native the native runtime's folder in the cache
 * @throws HarnessError when it can't be fetched; then nothing is left behind. The signal's reason
 * when aborted
 */
export async function ensureBase(
  native: string,
  { cacheDir, onProgress, signal }: Pick<CacheOptions, 'cacheDir' | 'onProgress' | 'signal'>,
): Promise<RootFileSystem> {
  const system = await thisSystem();
  const root = join(resolve(cacheDir), `base-v1-${system.id}-${system.codename}-${process.arch}`);
  const own = (await readManifest(native)).packages;
  const names = own.map(({ name }) => name).sort();
  const described = ({ packages }: z.infer<typeof BASE>): RootFileSystem => ({
    usr: [join(root, 'usr'), join(native, 'usr')],
    packages: Object.fromEntries([...packages, ...own].map(({ name, version }) => [name, version])),
  });
  const usable = async (): Promise<RootFileSystem | undefined> => {
    const text = await readFile(join(root, 'manifest.json'), 'utf8').catch(() => undefined);
    const { data } = BASE.safeParse(text === undefined ? undefined : parsed(text));
    if (data?.completes.join() !== names.join()) return undefined;
    const isWhole = (await damagedFiles(root, { ...data, programs: {} }, false)) === undefined;
    return isWhole ? described(data) : undefined;
  };
  return takeOrBuild(
    {
      ...{ cacheDir: resolve(cacheDir), root, what: 'the base system' },
      ...{ needsBytes: NEEDS_BYTES, onProgress, signal },
    },
    usable,
    async (dir) => {
      await mkdir(dir, { recursive: true });
      const paths = await downloadPackages({ dir, onProgress, signal }, baseSelection(names));
      const packages = await Promise.all(paths.map(describePackage));
      await unpack({ dir, onProgress, signal }, paths);
      await rm(join(dir, 'apt'), { recursive: true, force: true });
      await describeFiles(dir);
      const manifest = {
        schema: SCHEMA,
        completes: names,
        files: countFiles(join(dir, 'usr')),
        packages,
      } as const;
      await writeFile(join(dir, 'manifest.json'), JSON.stringify(manifest, null, 2));
      return described(manifest);
    },
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

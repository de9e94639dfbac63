import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { damagedFiles } from './files.ts';
import { TECHNOLOGIES } from '../technologies/registry.ts';

const SCHEMA = 2;
/** Every program that a run starts, as a pattern under usr. */
const PROGRAMS: Record<string, RegExp[]> = Object.assign(
  {},
  ...TECHNOLOGIES.map(({ packages }) => packages?.programs ?? {}),
  { ip: [/^bin$/, /^ip$/] },
) as Record<string, RegExp[]>;

/** The form of `manifest.json`. */
export const MANIFEST = z.object({
  schema: z.literal(SCHEMA),
  versions: z.record(z.string(), z.string()),
  /** k6 beside usr; absent when the machine's own is used. */
  programs: z.record(
    z.string(),
    z.object({ path: z.string(), bytes: z.number(), sha256: z.string() }),
  ),
  /** Number of files and links under usr. */
  files: z.number(),
  packages: z.array(
    z.object({ name: z.string(), version: z.string(), bytes: z.number(), sha256: z.string() }),
  ),
});

/** What a cache holds. */
export type Manifest = z.infer<typeof MANIFEST>;

/**
 * Reads a cache's manifest without looking at the cache. Throws when there is none that can be
 * read.
 */
export async function readManifest(root: string): Promise<Manifest> {
  return MANIFEST.parse(JSON.parse(await readFile(join(root, 'manifest.json'), 'utf8')));
}

/** Describes a freshly built cache. Throws Error with the names of programs that are missing. */
export async function describe(
  root: string,
  packages: Manifest['packages'],
  versions: Record<string, string>,
): Promise<Manifest> {
  const paths: [string, string | undefined][] = await Promise.all(
    Object.entries(PROGRAMS).map(async ([name, parts]) => [
      name,
      await find(join(root, 'usr'), parts),
    ]),
  );
  paths.push([
    'k6',
    await stat(join(root, 'k6')).then(
      () => join(root, 'k6'),
      () => undefined,
    ),
  ]);
  const missing = paths
    .filter(([name, path]) => path === undefined && name !== 'k6')
    .map(([name]) => name);
  if (missing.length > 0) throw new Error(`the packages don't contain ${missing.join(', ')}`);
  const programs = await Promise.all(
    paths
      .filter((p): p is [string, string] => p[1] !== undefined)
      .map(
        async ([name, path]) =>
          [
            name,
            {
              path: path.slice(root.length + 1),
              bytes: (await stat(path)).size,
              sha256: await sha256(path),
            },
          ] as const,
      ),
  );
  return {
    schema: SCHEMA,
    versions,
    programs: Object.fromEntries(programs),
    files: countFiles(join(root, 'usr')),
    packages,
  };
}

/**
 * Reads and checks a cache.
 * @param deep compare every file's checksum, not only those of files that look different
 * @returns the manifest, or in words what is wrong with the cache; `absent` when there is none
 */
export async function check(root: string, deep: boolean): Promise<Manifest | { wrong: string }> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(join(root, 'manifest.json'), 'utf8'));
  } catch (error) {
    return {
      wrong:
        (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'its manifest is broken',
    };
  }
  const { data: manifest } = MANIFEST.safeParse(json);
  if (!manifest) return { wrong: 'it was made by another version' };
  for (const [name, { path, bytes }] of Object.entries(manifest.programs)) {
    const size = await stat(join(root, path)).then(
      (s) => s.size,
      () => -1,
    );
    if (size !== bytes)
      return {
        wrong: `${name} is ${size < 0 ? 'missing' : `${size} bytes long instead of ${bytes}`}`,
      };
  }
  const wrong = await damagedFiles(root, manifest, deep);
  return wrong === undefined ? manifest : { wrong };
}

/**
 * The first program that a cache lacks: it was built before there was a technology that needs it.
 */
export function lackedBy({ programs }: Pick<Manifest, 'programs'>): string | undefined {
  return Object.keys(PROGRAMS).find((name) => !programs[name]);
}

/**
 * What the manifest keeps of a downloaded package. Its file name is
 * `name_version_architecture.deb`, percent-encoded.
 */
export async function describePackage(path: string): Promise<Manifest['packages'][number]> {
  const [name = '', version = ''] = decodeURIComponent(basename(path)).split('_');
  return { name, version, bytes: (await stat(path)).size, sha256: await sha256(path) };
}

/** SHA-256 of a file, hexadecimal. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function find(dir: string, parts: RegExp[]): Promise<string | undefined> {
  const [first, ...rest] = parts;
  if (!first) return realpath(dir).catch(() => undefined);
  for (const name of (await readdir(dir).catch(() => []))
    .filter((n) => first.test(n))
    .sort()
    .reverse()) {
    const found = await find(join(dir, name), rest);
    if (found) return found;
  }
  return undefined;
}

/**
 * Files and links below a folder; 0 when there is none. Synchronous, for it looks at thousands and
 * is several times faster so.
 */
export function countFiles(dir: string): number {
  try {
    return readdirSync(dir, { recursive: true, withFileTypes: true }).filter(
      (entry) => !entry.isDirectory(),
    ).length;
  } catch {
    return 0;
  }
}

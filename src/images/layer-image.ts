import { dirname } from 'node:path';
import type Docker from 'dockerode';
import { messageOf } from '../lib/errors.ts';
import { ensureBase } from '../programs/base.ts';
import { ensureCache, nativeManifest } from '../programs/index.ts';
import { k6Version } from '../programs/k6.ts';
import { FOR_BASE } from '../programs/selection.ts';
import { thisSystem } from '../programs/system.ts';
import { followed } from './follow.ts';
import { CONTENT_LABEL, NAME_LABEL, SOURCE_LABEL, hashOf, label, qualified } from './labels.ts';
import { LAYER_RULES, missingLibraries, packLayer } from './layer.ts';
import { skeleton } from './skeleton.ts';
import { NAMESPACE } from '../model/project-name.ts';

/**
 * Labels of the layer begin so that tell the version of a program in it: `….program.node-exporter`.
 */
const PROGRAM_LABEL = `${NAMESPACE}.program.`;
const PROGRESS_EVERY_MS = 2_000;
const MEGABYTE = 1e6;

/** The one layer that all images of packages share, as an image of its own. */
export interface LayerImage {
  id: string;
  /** Version by program; a program that isn't in it is missing here. */
  programs: Record<string, string>;
}

export interface Making {
  cacheDir: string;
  /** A line for everything that takes longer than two seconds. */
  onProgress: (line: string) => void;
  signal: AbortSignal;
}

/** Name of the layer's own image: `…/packages:bookworm`. */
export async function layerName(): Promise<string> {
  return `${NAMESPACE}/packages:${(await thisSystem()).codename}`;
}

/**
 * What the layer is made of, as hashes: the rules here with the programs from elsewhere, a dot, and
 * the packages as they were fetched; nothing behind the dot while there is no cache, see {@link
 * isCurrent}.
 */
export async function layerContent(cacheDir: string): Promise<string> {
  const packages = (await nativeManifest(cacheDir))?.packages
    .map(({ name, version }) => `${name} ${version}`)
    .sort();
  const { arch, version } = process;
  const made = hashOf([LAYER_RULES, FOR_BASE, skeleton(''), arch, version, await k6Version()]);
  return `${made}.${packages ? hashOf(packages) : ''}`;
}

/**
 * Fetches what is missing of the packages, and gives them to the engine as one image.
 * @throws HarnessError when packages can't be had, Error with the engine's words; then nothing is
 * left behind
 */
export async function makeLayer(
  docker: Docker,
  { cacheDir, onProgress, signal }: Making,
): Promise<LayerImage> {
  const cached = await ensureCache({ cacheDir, onProgress, signal });
  const { usr, packages } = await ensureBase(dirname(cached.usr), { cacheDir, onProgress, signal });
  const major =
    Object.keys(packages)
      .map((name) => /^postgresql-(\d+)$/.exec(name)?.[1])
      .find((found) => found !== undefined) ?? '';
  const programs = { ...cached.versions };
  const missing = await missingLibraries(process.execPath, usr);
  if (missing.length === 0) programs['node'] = process.versions.node;
  else
    onProgress(
      `this machine's Node.js can't be put into an image: it needs ${missing.join(', ')}, ` +
        "which the packages don't have",
    );
  const layer = packLayer({
    usr,
    programs: {
      'usr/bin/k6': cached.k6,
      ...(missing.length === 0 ? { 'usr/local/bin/node': process.execPath } : {}),
    },
    extras: skeleton(major),
  });
  const name = await layerName();
  await importLayer(docker, layer, name, {
    labels: labelsOf(name, await layerContent(cacheDir), programs),
    onProgress,
    signal,
  });
  return { id: (await docker.getImage(name).inspect()).Id, programs };
}

function labelsOf(
  name: string,
  content: string,
  programs: Record<string, string>,
): Record<string, string> {
  return {
    [NAME_LABEL]: name,
    [SOURCE_LABEL]: 'packages',
    [CONTENT_LABEL]: content,
    ...Object.fromEntries(
      Object.entries(programs).map(([program, version]) => [
        `${PROGRAM_LABEL}${program.replaceAll(' ', '-')}`,
        version,
      ]),
    ),
  };
}

/** Gives the layer to the engine, and says every two seconds how much of it is there. */
async function importLayer(
  docker: Docker,
  layer: ReturnType<typeof packLayer>,
  name: string,
  {
    labels,
    onProgress,
    signal,
  }: Pick<Making, 'onProgress' | 'signal'> & { labels: Record<string, string> },
): Promise<void> {
  const megabytes = (bytes: number): number => Math.round(bytes / MEGABYTE);
  onProgress(`importing ${name}: ${megabytes(layer.bytes)} MB, once for all`);
  const ticker = setInterval(
    () => onProgress(`  ${megabytes(layer.doneBytes())} MB so far`),
    PROGRESS_EVERY_MS,
  );
  // A file that went away ends the import too: else the engine would wait for the rest.
  const broken = new AbortController();
  layer.archive.on('error', (error: Error) => broken.abort(error));
  try {
    // The tag belongs to `repo`: Podman doesn't look at the parameter of its own.
    await followed(
      await docker.importImage(layer.archive as unknown as NodeJS.ReadableStream, {
        repo: qualified(name),
        changes: Object.entries(labels).map(([key, value]) => label(key, value)),
        abortSignal: AbortSignal.any([signal, broken.signal]),
      }),
    );
  } catch (error) {
    // Nobody reads the rest of it.
    layer.archive.destroy();
    signal.throwIfAborted();
    throw new Error(
      `importing ${name}: ${messageOf(broken.signal.aborted ? broken.signal.reason : error)}`,
      { cause: error },
    );
  } finally {
    clearInterval(ticker);
  }
}

/** The versions that a layer's labels tell. */
export function programsOf(
  labels: Record<string, string> | null | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels ?? {}).flatMap(([key, version]) =>
      key.startsWith(PROGRAM_LABEL)
        ? [[key.slice(PROGRAM_LABEL.length).replaceAll('-', ' '), version]]
        : [],
    ),
  );
}

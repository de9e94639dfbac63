import { join } from 'node:path';
import type Docker from 'dockerode';
import { HarnessError, messageOf } from '../lib/errors.ts';
import { makeFolder } from '../lib/make-folder.ts';
import type { ImageStatus } from '../model/images.ts';
import { withLock } from '../programs/lock.ts';
import { isFullDisk } from '../programs/processes.ts';
import type { Engine } from '../container-engine/engine.ts';
import { decide } from './decide.ts';
import type { Asked, Wanted } from './decide.ts';
import { removeAbandonedContainers } from './derive.ts';
import { inventory, presentImage } from './inventory.ts';
import { isOurs } from './labels.ts';
import type { Making } from './layer-image.ts';
import { makeImages } from './make.ts';
import type { Look, Seen } from './make.ts';
import { engineWords, pullImages } from './pull.ts';
import { removeFormer, removeUnnamed } from './remove.ts';
import { baseOfServices, serviceOf } from './services.ts';
import { statusOf } from './status.ts';
import { packagesProblem, wantedImages } from './wanted.ts';

export { removeImages } from './remove.ts';
export type { Removal } from './remove.ts';
export { STAND_INS, ownImages } from './wanted.ts';
export { baseOfServices } from './services.ts';

export interface ImagesOptions extends Making, Asked {
  /** Full names, as a compose file pins them. */
  names: string[];
  /** Pull what the engine can reach, and make only the rest. */
  pull: boolean;
}

/** Whether an image is built from this repository. */
export function isService(name: string): boolean {
  return serviceOf(name) !== undefined;
}

/** Tells what there is of some images, and what would be made; changes nothing. */
export async function lookAtImages(
  engine: Engine,
  names: string[],
  cacheDir: string,
): Promise<ImageStatus[]> {
  const problem = await packagesProblem(engine);
  const present = await inventory(engine.docker);
  const wanted = await wantedImages(names, present, {
    cacheDir,
    withPackages: problem === undefined,
  });
  return wanted.map((image) => statusOf(image, presentImage(present, image.name), { problem }));
}

/**
 * Makes sure that images are there: an image that is current is left as it is, one of its maker's
 * own too; the others are made from the packages of the system's archive or from this repository,
 * or pulled where that is asked for. With all of them there it only looks.
 * @returns what there is of each; one that can't be had is no error, its report says why
 * @throws HarnessError when one couldn't be made; the signal's reason when aborted. Nothing half
 * done is left
 */
export async function ensureImages(engine: Engine, options: ImagesOptions): Promise<ImageStatus[]> {
  const { docker } = engine;
  const { cacheDir, signal, onProgress } = options;
  const problem = await packagesProblem(engine);
  const look = looker(engine, options, problem === undefined);
  const report = async (refused?: Map<string, string>, made: string[] = []) => {
    const { wanted, present } = await look();
    return wanted.map((image) =>
      statusOf(image, presentImage(present, image.name), {
        problem,
        refused: refused?.get(image.name),
        made: made.includes(image.name),
      }),
    );
  };
  try {
    if (!options.pull && (await look()).toMake.length === 0) return await report();
    await makeFolder(cacheDir);
    return await withLock(
      join(cacheDir, '.lock-images'),
      signal,
      () => onProgress('another process is making images: waiting for it'),
      async () => {
        await removeAbandonedContainers(docker);
        await removeUnnamed(docker);
        const refused = options.pull ? await pullMissing(docker, await look(), options) : undefined;
        return report(refused, await makeImages(docker, look, options));
      },
    );
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof HarnessError ? error : notMade(engine, error);
  }
}

/** Looks at what there is of the images, and decides what has to be made. */
function looker({ docker }: Engine, options: ImagesOptions, withPackages: boolean): Look {
  // The services stand on an image that has to be there before. Unless it is asked for itself, it
  // will do as it is.
  const base = baseOfServices();
  const names = options.names.some(isService) ? [...options.names, base] : options.names;
  return async () => {
    const present = await inventory(docker);
    const { cacheDir } = options;
    const wanted = await wantedImages(names, present, { cacheDir, withPackages });
    const willDo = ({ name }: Wanted): boolean =>
      name === base && presentImage(present, name) !== undefined && !options.names.includes(base);
    const isToMake = (image: Wanted): boolean =>
      !willDo(image) && decide(image, presentImage(present, image.name), options) === 'make';
    return { present, wanted, toMake: wanted.filter(isToMake) };
  };
}

/** What the engine says, with what can be done about it. */
function notMade(engine: Engine, cause: unknown): HarnessError {
  const words = engineWords(messageOf(cause));
  if (isFullDisk(words))
    return new HarnessError(
      `the images could not be made: the disk of the engine is full (${words})`,
      'Make room on it (`docker system df` tells what takes it). ' +
        'The images from packages need 1 GB.',
      { cause },
    );
  return new HarnessError(
    `the images could not be made: ${words}`,
    `What ${engine.text} says of it is in its own log.`,
    { cause },
  );
}

async function pullMissing(
  docker: Docker,
  { wanted, present }: Seen,
  { onProgress, signal }: Making,
): Promise<Map<string, string>> {
  const missing = wanted.filter(({ name, source }) => {
    const found = presentImage(present, name);
    return source !== 'repository' && (!found || isOurs(found));
  });
  const refused = await pullImages(
    docker,
    missing.map(({ name }) => name),
    onProgress,
    signal,
  );
  for (const { name } of missing.filter((image) => !refused.has(image.name)))
    await removeFormer(docker, name, presentImage(present, name), onProgress);
  return refused;
}

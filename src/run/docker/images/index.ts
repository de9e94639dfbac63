import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { HarnessError, messageOf } from '../../../lib/errors.ts';
import type { ImageSource, ImageStatus } from '../../../model/images.ts';
import { withLock } from '../../native/cache/lock.ts';
import { isFullDisk } from '../../native/cache/processes.ts';
import type { Engine } from '../engine.ts';
import { decide } from './decide.ts';
import type { Asked, Wanted } from './decide.ts';
import { derive, removeAbandonedContainers } from './derive.ts';
import { inventory, presentImage } from './inventory.ts';
import type { PresentImage } from './inventory.ts';
import { isCurrent, isOurs } from './labels.ts';
import { layerContent, layerName, makeLayer, programsOf } from './layer-image.ts';
import type { LayerImage, Making } from './layer-image.ts';
import { engineWords, pullImages } from './pull.ts';
import { removeFormer, removeUnnamed } from './remove.ts';
import { baseOfServices, buildService, bundleServices, serviceOf } from './services.ts';
import { statusOf } from './status.ts';
import { packagesProblem, recipeOf, wantedImages } from './wanted.ts';

export { removeImages } from './remove.ts';
export type { Removal } from './remove.ts';
export { STAND_INS, ownImages, standInOf } from './wanted.ts';
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
export async function lookAtImages(engine: Engine, names: string[], cacheDir: string): Promise<ImageStatus[]> {
  const problem = await packagesProblem(engine);
  const present = await inventory(engine.docker);
  const wanted = await wantedImages(names, present, { cacheDir, withPackages: problem === undefined });
  return wanted.map((image) => statusOf(image, presentImage(present, image.name), { problem }));
}

/**
 * Makes sure that images are there: an image that is current is left as it is, one of its maker's own too; the others are
 * made from the packages of the system's archive or from this repository, or pulled where that is asked for. With all of
 * them there it only looks.
 * @returns what there is of each; one that can't be had is no error, its report says why
 * @throws HarnessError when one couldn't be made; the signal's reason when aborted. Nothing half done is left
 */
export async function ensureImages(engine: Engine, options: ImagesOptions): Promise<ImageStatus[]> {
  const { docker } = engine;
  const { cacheDir, signal } = options;
  const problem = await packagesProblem(engine);
  // The services stand on an image that has to be there before.
  const names = options.names.some(isService) ? [...options.names, baseOfServices()] : options.names;
  const look = async (): Promise<{ present: Map<string, PresentImage>; wanted: Wanted[]; toMake: Wanted[] }> => {
    const present = await inventory(docker);
    const wanted = await wantedImages(names, present, { cacheDir, withPackages: problem === undefined });
    return { present, wanted, toMake: wanted.filter((image) => decide(image, presentImage(present, image.name), options) === 'make') };
  };
  const report = async (refused = new Map<string, string>(), made: string[] = []): Promise<ImageStatus[]> => {
    const { wanted, present } = await look();
    return wanted.map((image) => statusOf(image, presentImage(present, image.name), { problem, refused: refused.get(image.name), made: made.includes(image.name) }));
  };
  try {
    if (!options.pull && (await look()).toMake.length === 0) return await report();
    await mkdir(cacheDir, { recursive: true });
    return await withLock(join(cacheDir, '.lock-images'), signal, () => options.onProgress('another process is making images: waiting for it'), async () => {
      await removeAbandonedContainers(docker);
      await removeUnnamed(docker);
      const refused = options.pull ? await pullMissing(docker, await look(), options) : undefined;
      const { present, toMake } = await look();
      await make(docker, toMake, present, problem === undefined, options);
      return report(refused, toMake.map(({ name }) => name));
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof HarnessError) throw error;
    const words = engineWords(messageOf(error));
    if (isFullDisk(words)) throw new HarnessError(`the images could not be made: the disk of the engine is full (${words})`, 'Make room on it (`docker system df` tells what takes it). The images from packages need 1 GB.', { cause: error });
    throw new HarnessError(`the images could not be made: ${words}`, `What ${engine.text} says of it is in its own log.`, { cause: error });
  }
}

async function pullMissing(docker: Docker, { wanted, present }: { wanted: Wanted[]; present: Map<string, PresentImage> }, { onProgress, signal }: Making): Promise<Map<string, string>> {
  const missing = wanted.filter(({ name, source }) => {
    const found = presentImage(present, name);
    return source !== 'repository' && (!found || isOurs(found));
  });
  const refused = await pullImages(docker, missing.map(({ name }) => name), onProgress, signal);
  for (const { name } of missing.filter((image) => !refused.has(image.name))) await removeFormer(docker, name, presentImage(present, name), onProgress);
  return refused;
}

async function make(docker: Docker, images: Wanted[], present: Map<string, PresentImage>, withPackages: boolean, options: ImagesOptions): Promise<void> {
  const namesFrom = (wanted: ImageSource): string[] => images.filter(({ source }) => source === wanted).map(({ name }) => name);
  const [packages, services] = [namesFrom('packages'), namesFrom('repository')];
  // Asked again at each step: what the packages are is known when they are there, and what the services stand on likewise.
  const wanted = async (names: string[]): Promise<Wanted[]> => wantedImages(names, await inventory(docker), { cacheDir: options.cacheDir, withPackages });
  const formerLayer = packages.length > 0 ? presentImage(present, await layerName()) : undefined;
  if (packages.length > 0) {
    const layer = await layerFor(docker, formerLayer, options);
    options.onProgress(`making ${counted(packages.length, 'image')} of it`);
    await derive(docker, layer, (await wanted(packages)).flatMap(({ name, content }) => {
      const recipe = recipeOf(name);
      return recipe && content !== undefined && layer.programs[recipe.program] !== undefined ? [{ name, recipe, content }] : [];
    }), options.signal);
  }
  if (services.length > 0) {
    options.onProgress(`building ${counted(services.length, 'service')} from this repository`);
    const bundles = await bundleServices();
    // A build that has begun takes a second and is not broken off: its steps would be left over.
    await Promise.all((await wanted(services)).map(({ name, content }) => buildService(docker, name, serviceOf(name) ?? '', bundles, content ?? '')));
    options.signal.throwIfAborted();
  }
  // What stands on others goes first.
  for (const name of [...services, ...packages]) await removeFormer(docker, name, presentImage(present, name), options.onProgress);
  if (formerLayer) await removeFormer(docker, await layerName(), formerLayer, options.onProgress);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** The layer that is there, if it is what would be made now. */
async function layerFor(docker: Docker, former: PresentImage | undefined, options: ImagesOptions): Promise<LayerImage> {
  const anew = options.fresh && options.named.length === 0;
  if (!anew && former && isOurs(former) && isCurrent(former, await layerContent(options.cacheDir))) return { id: former.Id, programs: programsOf(former.Labels) };
  return makeLayer(docker, options);
}

import type Docker from 'dockerode';
import type { Asked, Wanted } from './decide.ts';
import { derive } from './derive.ts';
import { presentImage } from './inventory.ts';
import type { PresentImage } from './inventory.ts';
import { isCurrent, isOurs } from './labels.ts';
import { layerContent, layerName, makeLayer, programsOf } from './layer-image.ts';
import type { LayerImage, Making } from './layer-image.ts';
import { removeFormer } from './remove.ts';
import { buildService, bundleServices, serviceOf } from './services.ts';
import { recipeOf } from './wanted.ts';

/** What the engine has, and what is to be made of what is wanted. */
export interface Seen {
  present: Map<string, PresentImage>;
  wanted: Wanted[];
  toMake: Wanted[];
}

/** Looks anew. */
export type Look = () => Promise<Seen>;

/**
 * Makes what is to be made: first what comes from packages, then the services, which stand on one
 * of those. What had the names before is removed when all of it is there.
 * @returns the names of the images that were made
 */
export async function makeImages(
  docker: Docker,
  look: Look,
  options: Making & Asked,
): Promise<string[]> {
  const { present: before, toMake } = await look();
  const packages = toMake.filter(({ source }) => source === 'packages').map(({ name }) => name);
  if (packages.length > 0) await makeFromPackages(docker, packages, look, options);
  // Looked at only now: on another base a service is another image.
  const services = (await look()).toMake.filter(({ source }) => source === 'repository');
  if (services.length > 0) {
    options.onProgress(`building ${counted(services.length, 'service')} from this repository`);
    const bundles = await bundleServices();
    // A build that has begun takes a second and is not broken off: its steps would be left over.
    await Promise.all(
      services.map(({ name, content }) =>
        buildService(docker, name, serviceOf(name) ?? '', bundles, content ?? ''),
      ),
    );
    options.signal.throwIfAborted();
  }
  // What stands on others goes first.
  const made = [...services.map(({ name }) => name), ...packages];
  for (const name of packages.length > 0 ? [...made, await layerName()] : made)
    await removeFormer(docker, name, presentImage(before, name), options.onProgress);
  return made;
}

async function makeFromPackages(
  docker: Docker,
  names: string[],
  look: Look,
  options: Making & Asked,
): Promise<void> {
  const layer = await layerFor(
    docker,
    presentImage((await look()).present, await layerName()),
    options,
  );
  // Only now is it known which packages there are.
  const wanted = (await look()).wanted.filter(({ name }) => names.includes(name));
  const images = wanted.flatMap(({ name, content }) => {
    const recipe = recipeOf(name);
    return recipe && content !== undefined && layer.programs[recipe.program] !== undefined
      ? [{ name, recipe, content }]
      : [];
  });
  options.onProgress(`making ${counted(images.length, 'image')} of it`);
  await derive(docker, layer, images, options.signal);
}

/** The layer that is there, if it is what would be made now. */
async function layerFor(
  docker: Docker,
  former: PresentImage | undefined,
  options: Making & Asked,
): Promise<LayerImage> {
  const anew = options.fresh && options.named.length === 0;
  if (!anew && former && isOurs(former) && isCurrent(former, await layerContent(options.cacheDir)))
    return { id: former.Id, programs: programsOf(former.Labels) };
  return makeLayer(docker, options);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

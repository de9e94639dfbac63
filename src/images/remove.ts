import type Docker from 'dockerode';
import { inventory } from './inventory.ts';
import { NAME_LABEL, SOURCE_LABEL, canonical, isOurs, splitName } from './labels.ts';
import type { ListedImage } from './labels.ts';
import { baseOfServices } from './services.ts';
import { NAMESPACE } from '../model/project-name.ts';

/** What came of removing an image. */
export interface Removal {
  name: string;
  /** Why it is still there, in the engine's words. */
  kept?: string;
}

/**
 * Removes images that were made here and bear the name that they were made for; nothing else.
 * @param names only these; all of them by default, the layer included
 */
export async function removeImages(docker: Docker, names?: string[]): Promise<Removal[]> {
  // Under another name it may be somebody's: only the one that it was made for is taken from it.
  const chosen = names?.map(canonical);
  const ours = [...(await inventory(docker))].filter(
    ([tag, image]) => isOurs({ ...image, RepoTags: [tag] }) && (chosen?.includes(tag) ?? true),
  );
  const removals: Removal[] = [];
  // What others stand on goes last.
  for (const [name] of ours.sort(([a], [b]) => depthOf(a) - depthOf(b))) {
    const kept = await removeOne(docker, name);
    removals.push(kept === undefined ? { name } : { name, kept });
  }
  await removeUnnamed(docker);
  return removals;
}

/** How much stands on an image: on the layer everything, on the base of the services those. */
function depthOf(name: string): number {
  if (name.startsWith(`${NAMESPACE}/packages:`)) return 2;
  return repositoryOf(name) === repositoryOf(baseOfServices()) ? 1 : 0;
}

function repositoryOf(name: string): string {
  return splitName(canonical(name)).repository;
}

/**
 * Removes the image that bore a name before, unless something still uses it. One that wasn't made
 * here is left, and that is said.
 */
export async function removeFormer(
  docker: Docker,
  name: string,
  former: ListedImage | undefined,
  onProgress: (line: string) => void,
): Promise<void> {
  if (!former) return;
  const now = await docker
    .getImage(former.Id)
    .inspect()
    .catch(() => undefined);
  // It is gone, is the same one, or somebody gave it another name.
  if (!now || now.RepoTags.length > 0) return;
  if (isOurs(former)) await removeOne(docker, former.Id);
  else
    onProgress(
      `the image that was ${name} before (${former.Id.slice(0, 19)}) is left, without a name`,
    );
}

/**
 * Removes what an interrupted call left without a name: the layer, and what is no more than its
 * base and one file of a service.
 */
export async function removeUnnamed(docker: Docker): Promise<void> {
  const layersOf = async (nameOrId: string): Promise<number | undefined> =>
    (
      await docker
        .getImage(nameOrId)
        .inspect()
        .catch(() => undefined)
    )?.RootFS.Layers?.length;
  const unnamed = await docker.listImages({
    filters: JSON.stringify({ dangling: ['true'], label: [NAME_LABEL] }),
  });
  if (unnamed.length === 0) return;
  const ofBase = (await layersOf(baseOfServices())) ?? 1;
  for (const image of unnamed)
    // Who builds on one of these images inherits its labels, and adds layers of his own.
    if (((await layersOf(image.Id)) ?? Infinity) <= mostLayersOf(image, ofBase))
      await removeOne(docker, image.Id);
}

/** How many layers an image can have that was made here, by its labels; 0: none was. */
function mostLayersOf({ Labels: labels }: Pick<ListedImage, 'Labels'>, ofBase: number): number {
  if (labels?.[NAME_LABEL]?.startsWith(`${NAMESPACE}/`)) return ofBase + 1;
  return labels?.[SOURCE_LABEL] === 'packages' ? 1 : 0;
}

/** Removes an image or its name; returns why not. */
async function removeOne(docker: Docker, nameOrId: string): Promise<string | undefined> {
  try {
    await docker.getImage(nameOrId).remove();
    return undefined;
  } catch (error) {
    const { statusCode, json, message } = error as {
      statusCode?: number;
      json?: { message?: string };
      message?: string;
    };
    if (statusCode === 404) return undefined;
    if (statusCode === 409) return json?.message ?? message ?? 'it is used';
    throw error;
  }
}

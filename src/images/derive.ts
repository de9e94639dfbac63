import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import { lifeOf, markOf } from '../lib/process-mark.ts';
import {
  CONTENT_LABEL,
  NAME_LABEL,
  SOURCE_LABEL,
  VERSION_LABEL,
  hashOf,
  label,
  qualified,
  splitName,
} from './labels.ts';
import type { LayerImage } from './layer-image.ts';
import type { ImageRecipe } from '../technologies/packaging.ts';
import { NAMESPACE } from '../model/project-name.ts';

/** Containers that are there for a moment, and never run, begin with this. */
const PREFIX = `${NAMESPACE}-images-`;

/** Content of an image that is the layer with a recipe's instructions. */
export function contentOf(recipe: ImageRecipe, layer: string): string {
  return `${hashOf(recipe)}.${layer}`;
}

/** An image to be made of the layer. */
export interface Derived {
  name: string;
  recipe: ImageRecipe;
  content: string;
}

/**
 * Makes images that are the layer with other instructions. Each is committed in one step, so that
 * none is ever half done, and no step of a build is left over.
 */
export async function derive(
  docker: Docker,
  layer: LayerImage,
  images: Derived[],
  signal: AbortSignal,
): Promise<void> {
  const container = await docker.createContainer({
    Image: layer.id,
    Cmd: ['true'],
    name: temporaryName(),
    HostConfig: { NetworkMode: 'none' },
  });
  try {
    for (const { name, recipe, content } of images) {
      signal.throwIfAborted();
      const version = layer.programs[recipe.program] ?? '';
      const labels = {
        [NAME_LABEL]: name,
        [SOURCE_LABEL]: 'packages',
        [CONTENT_LABEL]: content,
        [VERSION_LABEL]: version,
        'org.opencontainers.image.title': recipe.repository,
        'org.opencontainers.image.description':
          `${recipe.program} ${version} from packages of the system, ` +
          'in place of the official image',
      };
      const { repository: repo, tag } = splitName(qualified(name));
      await container.commit({
        _query: {
          container: container.id,
          repo,
          tag,
          pause: false,
          changes: [
            ...recipe.instructions,
            ...Object.entries(labels).map(([key, value]) => label(key, value)),
          ].join('\n'),
        },
        _body: { StopSignal: recipe.stopSignal ?? 'SIGTERM' },
      });
    }
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** A container's name that tells whose it is. @param owner mark of the process that makes it */
export function temporaryName(owner: string = markOf()): string {
  return `${PREFIX}${owner}-${randomBytes(3).toString('hex')}`;
}

/** Removes containers that a killed process left in the middle of it. */
export async function removeAbandonedContainers(docker: Docker): Promise<void> {
  for (const { Id, Names: names } of await docker.listContainers({
    all: true,
    filters: { name: [PREFIX] },
  })) {
    const [owner] = (names[0] ?? '').replace(/^\//, '').slice(PREFIX.length).split('-');
    // Of another machine on the same engine nothing is known from here.
    if (lifeOf(owner) === 'dead')
      await docker
        .getContainer(Id)
        .remove({ force: true, v: true })
        .catch(() => undefined);
  }
}

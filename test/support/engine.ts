import { expect } from 'vitest';
import type { TestContext } from 'vitest';
import { startCli } from './cli.ts';
import { messageOf } from '../../src/lib/errors.ts';
import { connectEngine } from '../../src/container-engine/engine.ts';
import type { Engine } from '../../src/container-engine/engine.ts';

/**
 * The container engine that `DOCKER_HOST` names, else the machine's own; where none answers, the
 * test is skipped and says why.
 */
export async function engineOrSkip({ skip }: Pick<TestContext, 'skip'>): Promise<Engine> {
  try {
    return await connectEngine();
  } catch (error) {
    return skip(messageOf(error));
  }
}

/** Longest time that making all images takes. */
export const IMAGES_MS = 300_000;

/** Makes the images that the stack pins, where there is an engine and they aren't there yet. */
export async function makeImages(): Promise<void> {
  if (!(await connectEngine().catch(() => undefined))) return;
  const { exitCode, stderr } = await startCli(['images']);
  expect(exitCode, stderr).toBe(0);
}

/**
 * What an engine has, for a comparison of before and after: containers, networks, volumes, images
 * with and without a name.
 */
export async function contentsOf({ docker }: Engine): Promise<Record<string, string[]>> {
  const [containers, networks, volumes, images] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listNetworks(),
    docker.listVolumes(),
    docker.listImages(),
  ]);
  return {
    containers: containers.map(({ Names: names }) => names.join()).sort(),
    networks: networks.map(({ Name }) => Name).sort(),
    volumes: volumes.Volumes.map(({ Name }) => Name).sort(),
    images: images
      .flatMap(({ RepoTags: tags, Id }) => (tags && tags.length > 0 ? tags : [Id]))
      .sort(),
  };
}

/**
 * The images that an engine has, with and without a name, and the containers that making them
 * takes: for a comparison of before and after.
 */
export async function imagesOf({ docker }: Engine): Promise<Record<string, string[]>> {
  const [containers, images] = await Promise.all([
    docker.listContainers({ all: true, filters: { name: ['gtvision-images-'] } }),
    docker.listImages(),
  ]);
  return {
    containers: containers.map(({ Names: names }) => names.join()).sort(),
    names: images
      .flatMap(({ RepoTags: tags, Id }) => (tags && tags.length > 0 ? tags : [Id]))
      .sort(),
  };
}

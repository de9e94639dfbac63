import { HarnessError } from '../../lib/errors.ts';
import type { ContainersPlan } from '../../model/containers.ts';
import type { Engine } from './engine.ts';
import { isPresent, pull, versionOf, whyNotPulled } from './presence.ts';

/** What a run needs beside the images of the stack: node for the driver, and k6 where this machine has none. */
export const NODE_IMAGE = 'node:20.20.2-bookworm-slim';
export const K6_IMAGE = 'grafana/k6:1.1.0';

/** Images that couldn't be had, each with the engine's words. */
export type Missing = { image: string; why: string }[];

/**
 * Sees to it that the engine has these images: what isn't there is pulled, side by side.
 * @returns those that can't be had
 */
export async function haveImages(engine: Engine, images: string[], onProgress: (line: string) => void, signal: AbortSignal): Promise<Missing> {
  const results = await Promise.all([...new Set(images)].map(async (image) => {
    if (await isPresent(engine.docker, image)) return [];
    onProgress(`pulling ${image}`);
    try {
      await pull(engine.docker, image, onProgress, signal);
      return [];
    } catch (error) {
      signal.throwIfAborted();
      return [{ image, why: whyNotPulled(error) }];
    }
  }));
  return results.flat();
}

/**
 * The plan without the services whose image can't be had and that nothing needs: nobody scrapes them, no other service
 * and no client of the run depends on them (Grafana, where it can't be pulled).
 * @returns what is left, what was left out, and which missing images a run can't do without
 */
export function withoutMissing(containers: ContainersPlan, missing: Missing): { containers: ContainersPlan; leftOut: { service: string; why: string }[]; needed: Missing } {
  const lacks = (image: string): Missing[number] | undefined => missing.find((m) => m.image === image);
  const depended = new Set(containers.containers.flatMap((c) => c.dependsOn.map((d) => d.service)));
  const dispensable = (c: ContainersPlan['containers'][number]): boolean => c.job === null && !depended.has(c.service);
  const leftOut = containers.containers.flatMap((c) => {
    const lack = lacks(c.image);
    return lack && dispensable(c) ? [{ service: c.service, why: `its image ${lack.image} isn't here and can't be pulled (${lack.why})` }] : [];
  });
  const needed = missing.filter(({ image }) => containers.containers.some((c) => c.image === image && !dispensable(c)) || !containers.containers.some((c) => c.image === image));
  return { containers: { ...containers, containers: containers.containers.filter((c) => !leftOut.some((l) => l.service === c.service)) }, leftOut, needed };
}

/** The error for images that a run can't do without. */
export function missingImages(missing: Missing): HarnessError {
  return new HarnessError(`the docker runtime lacks images:\n${missing.map(({ image, why }) => `  ${image}: ${why}`).join('\n')}`, 'Pull them where there is a registry, or make them from packages with `npm run images`. Without images: --runtime native.');
}

/** What runs in the containers, with its version: of each service, and of the engine. */
export async function versionsOf(engine: Engine, containers: ContainersPlan): Promise<Record<string, string>> {
  const pairs = await Promise.all(containers.containers.map(async (c) => [c.service, await versionOf(engine.docker, c.image)] as const));
  return { ...Object.fromEntries(pairs), engine: engine.text };
}

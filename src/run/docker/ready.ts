import { HarnessError } from '../../lib/errors.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { ContainersPlan } from '../../model/containers.ts';
import type { Engine } from '../../container-engine/engine.ts';
import { baseOfServices, ensureImages, isService } from '../../images/index.ts';
import { pullImages, registryOf } from '../../images/pull.ts';
import { isPresent, versionOf } from '../../images/presence.ts';

/** Images that couldn't be had, each with the engine's words. */
export type Missing = { image: string; why: string }[];

export interface HavingImages {
  cacheDir: string;
  onProgress: (line: string) => void;
  signal: AbortSignal;
}

/**
 * Sees to it that the engine has these images: the repository's services are built when they aren't
 * what it has, the others are pulled when they aren't there.
 * @returns those that can't be had
 * @throws HarnessError when a service can't be built
 */
export async function haveImages(
  engine: Engine,
  images: string[],
  { cacheDir, onProgress, signal }: HavingImages,
): Promise<Missing> {
  const names = [...new Set(images)];
  const present = await Promise.all(names.map((name) => isPresent(engine.docker, name)));
  const absent = names.filter((name, i) => present[i] === false && !isService(name));
  const refused = await pullImages(engine.docker, absent, onProgress, signal);
  const missing = [...refused].map(([image, why]) => ({ image, why }));
  const services = names.filter(isService);
  // Their base is one of the others: without it they can't be built, and that is told already.
  if (services.length === 0 || refused.has(baseOfServices())) return missing;
  const built = await ensureImages(engine, {
    names: services,
    named: [],
    fresh: false,
    pull: false,
    cacheDir,
    onProgress,
    signal,
  });
  return [
    ...missing,
    ...built
      .filter(({ state }) => state === 'none')
      .map(({ name, note }) => ({ image: name, why: note ?? 'it could not be built' })),
  ];
}

/**
 * The plan without the services whose image can't be had and that nothing needs: nobody scrapes
 * them, no other service and no client of the run depends on them (Grafana, where it can't be
 * pulled).
 * @returns what is left, what was left out, and which missing images a run can't do without
 */
export function withoutMissing(
  containers: ContainersPlan,
  missing: Missing,
): { containers: ContainersPlan; leftOut: { service: string; why: string }[]; needed: Missing } {
  const lacks = (image: string): Missing[number] | undefined =>
    missing.find((m) => m.image === image);
  const depended = new Set(containers.containers.flatMap((c) => c.dependsOn.map((d) => d.service)));
  const dispensable = (c: ContainersPlan['containers'][number]): boolean =>
    c.job === null && !depended.has(c.service);
  const leftOut = containers.containers.flatMap((c) => {
    const lack = lacks(c.image);
    return lack && dispensable(c)
      ? [
          {
            service: c.service,
            why: `its image ${lack.image} isn't here and can't be pulled (${reasonOf(lack)})`,
          },
        ]
      : [];
  });
  const needed = missing.filter(
    ({ image }) =>
      containers.containers.some((c) => c.image === image && !dispensable(c)) ||
      !containers.containers.some((c) => c.image === image),
  );
  const isLeftOut = (service: string): boolean => leftOut.some((l) => l.service === service);
  const logins = Object.fromEntries(
    Object.entries(containers.logins).filter(([service]) => !isLeftOut(service)),
  );
  return {
    containers: {
      ...containers,
      containers: containers.containers.filter((c) => !isLeftOut(c.service)),
      logins,
    },
    leftOut,
    needed,
  };
}

/** So many of the images with one reason are named. */
const NAMED = 3;

/**
 * The error for images that a run can't do without: one line, however many they are, with each
 * reason once.
 */
export function missingImages(missing: Missing): HarnessError {
  const byReason = groupBy(missing, reasonOf);
  const told = [...byReason].map(([reason, images]) => {
    const more = images.length - NAMED;
    const names = images.slice(0, NAMED).map(({ image }) => image);
    return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''} (${reason})`;
  });
  return new HarnessError(
    `the docker runtime lacks ${missing.length === 1 ? 'an image' : `${missing.length} images`}: ${told.join('; ')}`,
    'Pull them where there is a registry, or make them from packages with `npm run images`. ' +
      'Without images: --runtime native.',
  );
}

/**
 * Who said no, and what their chain of errors ends in: of `Get "https://…": dial tcp: lookup …: no
 * such host` the cause, without what was tried. What is built here comes from no registry.
 */
function reasonOf({ image, why }: Missing[number]): string {
  if (isService(image)) return why;
  return `${registryOf(image)}: ${why.split(': ').at(-1) ?? why}`;
}

/** What runs in the containers, with its version: of each service, and of the engine. */
export async function versionsOf(
  engine: Engine,
  containers: ContainersPlan,
): Promise<Record<string, string>> {
  const pairs = await Promise.all(
    containers.containers.map(
      async (c) => [c.service, await versionOf(engine.docker, c.image)] as const,
    ),
  );
  return { ...Object.fromEntries(pairs), engine: engine.text };
}

import { K6_VERSION } from '../programs/k6.ts';
import { thisSystem } from '../programs/system.ts';
import type { Engine } from '../container-engine/engine.ts';
import type { Wanted } from './decide.ts';
import { contentOf } from './derive.ts';
import { presentImage } from './inventory.ts';
import type { PresentImage } from './inventory.ts';
import { CONTENT_LABEL, canonical, hashOf, isOurs, splitName } from './labels.ts';
import { layerContent } from './layer-image.ts';
import { RECIPES } from './recipes.ts';
import type { ImageRecipe } from '../technologies/packaging.ts';
import { TECHNOLOGIES } from '../technologies/registry.ts';
import { baseOfServices, contentOfServices, serviceOf } from './services.ts';

/**
 * What the harness itself runs in containers: its driver on the base of the services, and the load.
 */
export function ownImages(): string[] {
  return [baseOfServices(), `grafana/k6:${K6_VERSION}`];
}

/**
 * Fakes that stand in where a program is in no package archive, by the repository of the real one.
 */
export const STAND_INS: Record<string, string> = Object.fromEntries(
  TECHNOLOGIES.flatMap(({ standIns }) => standIns ?? []).map((s) => [s.repository, s.image]),
);

/** The fake for an image, if there is one. */
export function standInOf(name: string): string | undefined {
  return STAND_INS[canonical(splitName(name).repository)];
}

/** The recipe for an image. */
export function recipeOf(name: string): ImageRecipe | undefined {
  return RECIPES.find(({ repository }) => repository === canonical(splitName(name).repository));
}

/** What may be made from the packages here; a sentence when none can. */
export async function packagesProblem(engine: Engine): Promise<string | undefined> {
  if (engine.arch !== process.arch)
    return `the packages here are for ${process.arch}, and the engine runs ${engine.arch}`;
  return thisSystem().then(
    () => undefined,
    () => "the packages come from Debian's or Ubuntu's archive, and this is another system",
  );
}

/**
 * For each name where it would be made from, and what would be in it.
 * @param withPackages whether anything can be made from packages here
 */
export async function wantedImages(
  names: string[],
  present: Map<string, PresentImage>,
  { cacheDir, withPackages }: { cacheDir: string; withPackages: boolean },
): Promise<Wanted[]> {
  const layer = withPackages ? await layerContent(cacheDir) : undefined;
  const fromPackages = (name: string): string | undefined => {
    const recipe = recipeOf(name);
    return recipe && layer !== undefined ? contentOf(recipe, layer) : undefined;
  };
  const base = presentImage(present, baseOfServices());
  // A service on another base is another image; else the former base could never be freed.
  const services = `${contentOfServices()}.${base ? baseContent(base) : (fromPackages(baseOfServices()) ?? '')}`;
  return [...new Set(names)].map((name): Wanted => {
    if (serviceOf(name) !== undefined) return { name, source: 'repository', content: services };
    const content = fromPackages(name);
    return content === undefined ? { name } : { name, source: 'packages', content };
  });
}

function baseContent(base: PresentImage): string {
  return (isOurs(base) ? base.Labels?.[CONTENT_LABEL] : undefined) ?? hashOf(base.Id);
}

import type Docker from 'dockerode';
import { canonical } from './labels.ts';
import type { ListedImage } from './labels.ts';

/** An image in the engine. */
export interface PresentImage extends ListedImage {
  Size: number;
}

/** What the engine has, by canonical name. */
export async function inventory(docker: Docker): Promise<Map<string, PresentImage>> {
  const images = (await docker.listImages()) as PresentImage[];
  return new Map(
    images.flatMap((image) =>
      (image.RepoTags ?? []).map((tag) => [canonical(tag), image] as const),
    ),
  );
}

/** The image of a name, if the engine has it. */
export function presentImage(
  present: Map<string, PresentImage>,
  name: string,
): PresentImage | undefined {
  return present.get(canonical(name));
}

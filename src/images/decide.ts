import type { ImageSource } from '../model/images.ts';
import { SOURCE_LABEL, isCurrent, isOurs } from './labels.ts';
import type { ListedImage } from './labels.ts';

/** An image that is wanted, and how it would be made. */
export interface Wanted {
  name: string;
  source?: ImageSource;
  /** Hash of what would go into it; undefined without a source. */
  content?: string;
}

/**
 * What is done about an image. `vendor`: its maker's own is there, and stays. `none`: it isn't
 * there and nothing here makes it.
 */
export type Action = 'keep' | 'vendor' | 'make' | 'none';

export interface Asked {
  /** Make those anew that were made here. */
  fresh: boolean;
  /** Names that were written out: with `fresh`, the maker's own image of that name loses it too. */
  named: string[];
}

/**
 * Decides about one image.
 * @param found what bears its name in the engine now
 */
export function decide(
  { name, source, content }: Wanted,
  found: ListedImage | undefined,
  { fresh, named }: Asked,
): Action {
  if (!found) return source ? 'make' : 'none';
  if (!isOurs(found)) return fresh && named.includes(name) && source ? 'make' : 'vendor';
  if (!source || content === undefined) return 'keep';
  return fresh || found.Labels?.[SOURCE_LABEL] !== source || !isCurrent(found, content)
    ? 'make'
    : 'keep';
}

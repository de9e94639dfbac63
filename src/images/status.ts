import type { ImageSource, ImageStatus } from '../model/images.ts';
import type { Wanted } from './decide.ts';
import type { PresentImage } from './inventory.ts';
import { SOURCE_LABEL, VERSION_LABEL, isOurs, splitName } from './labels.ts';
import { recipeOf, standInOf } from './wanted.ts';

export interface Circumstances {
  /** Why nothing can be made from packages here. */
  problem?: string | undefined;
  /** Why it couldn't be pulled. */
  refused?: string | undefined;
  made?: boolean;
}

/** Tells of one image, found or not. */
export function statusOf(
  { name, source }: Wanted,
  found: PresentImage | undefined,
  { problem, refused, made = false }: Circumstances,
): ImageStatus {
  const standIn = standInOf(name);
  const common = {
    name,
    ...(source ? { source } : {}),
    ...(standIn === undefined ? {} : { standIn }),
  };
  if (!found)
    return {
      ...common,
      state: 'none',
      isNew: false,
      note: reason(name, source, problem),
      ...(refused === undefined ? {} : { refused }),
    };
  if (!isOurs(found)) return { ...common, state: 'vendor', isNew: false, bytes: found.Size };
  const version = found.Labels?.[VERSION_LABEL] ?? '';
  const note = differs(name, version) ? `pinned is ${splitName(name).tag}` : undefined;
  return {
    ...common,
    state: 'made',
    isNew: made,
    source: found.Labels?.[SOURCE_LABEL] as ImageSource,
    version,
    bytes: found.Size,
    ...(note === undefined ? {} : { note }),
  };
}

function reason(
  name: string,
  source: ImageSource | undefined,
  problem: string | undefined,
): string {
  if (source) return 'not there yet';
  return recipeOf(name) ? (problem ?? 'the packages here lack it') : 'in no package archive';
}

/**
 * Whether a package's version isn't the one that a tag pins: `v3.5.3` and `3.5.3+ds1-6` are the
 * same, `15.20-bookworm` and `15.21-0+deb12u1` aren't.
 */
export function differs(name: string, version: string): boolean {
  const number = (text: string): string | undefined =>
    /^(?:\d+:)?v?(\d+(?:\.\d+)*)/.exec(text)?.[1];
  return number(splitName(name).tag) !== number(version);
}

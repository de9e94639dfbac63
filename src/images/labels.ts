import { createHash } from 'node:crypto';
import { NAMESPACE } from '../model/project-name.ts';

/** Label of an image that was made here: the full name that it was made for. */
export const NAME_LABEL = `${NAMESPACE}.image`;
/**
 * What it was made from: `packages` of the system's archive, or this `repository`. Tells it from
 * the vendor's image of the same name.
 */
export const SOURCE_LABEL = `${NAMESPACE}.built-from`;
/** Hash of all that went into it: the same hash, the same image. */
export const CONTENT_LABEL = `${NAMESPACE}.content`;
/** The version of the program in it. */
export const VERSION_LABEL = 'org.opencontainers.image.version';

/** What the engine tells of an image, as far as it is needed here. */
export interface ListedImage {
  Id: string;
  RepoTags?: string[] | null;
  Labels?: Record<string, string> | null;
}

/**
 * Whether an image was made here under one of the names that it has. A label alone proves nothing:
 * an image that somebody builds on one of these inherits it, but has a name of its own.
 */
export function isOurs({ RepoTags: tags, Labels: labels }: ListedImage): boolean {
  const name = labels?.[NAME_LABEL];
  // `docker compose build` knows the name without its tag.
  return (
    name !== undefined &&
    labels?.[SOURCE_LABEL] !== undefined &&
    (tags ?? []).some((tag) =>
      [canonical(tag), splitName(canonical(tag)).repository].includes(canonical(name)),
    )
  );
}

/**
 * A name as engines may write it (Podman puts the registry in front), without what every one of
 * them adds by itself.
 */
export function canonical(name: string): string {
  return name.replace(/^(?:docker\.io|localhost)\//, '').replace(/^library\//, '');
}

/** A name with its registry: Podman puts another one in front of what it imports. */
export function qualified(name: string): string {
  const [first = '', ...rest] = canonical(name).split('/');
  if (rest.length > 0 && /[.:]|^localhost$/.test(first)) return name;
  return `docker.io/${rest.length === 0 ? 'library/' : ''}${canonical(name)}`;
}

/**
 * `prom/prometheus:v3.5.3` → its repository and tag. A registry may have a port, so the tag is
 * behind the last slash.
 */
export function splitName(name: string): { repository: string; tag: string } {
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/')
    ? { repository: name.slice(0, colon), tag: name.slice(colon + 1) }
    : { repository: name, tag: 'latest' };
}

/** A label as an instruction, whatever stands in its value. */
export function label(key: string, value: string): string {
  return `LABEL ${key}="${value.replace(/[\\"$]/g, '\\$&')}"`;
}

/** A short hash of anything that JSON can write. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/**
 * Whether an image holds what would be put into it now. What ends with a dot is known up to there
 * only: the rest is taken as it is.
 */
export function isCurrent({ Labels: labels }: ListedImage, content: string): boolean {
  const held = labels?.[CONTENT_LABEL];
  return held === content || (content.endsWith('.') && (held?.startsWith(content) ?? false));
}

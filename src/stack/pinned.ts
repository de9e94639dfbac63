import type { Stack } from './index.ts';

/** A version as an image's tag names it. */
export interface Version {
  major: number;
  minor: number;
}

/**
 * The oldest version of a program that the stack's images pin; undefined when none is pinned.
 * @param program the image's name without registry and tag
 */
export function pinnedVersion(
  { composes }: Pick<Stack, 'composes'>,
  program: RegExp,
): Version | undefined {
  const versions = composes
    .flatMap((compose) => compose.services)
    .filter((service) => program.test(service.program))
    .flatMap((service) => versionOf(service.image.text() ?? '') ?? []);
  return versions.toSorted((a, b) => a.major - b.major || a.minor - b.minor)[0];
}

export const PROMETHEUS_IMAGE = /(^|\/)prometheus$/;
export const ALERTMANAGER_IMAGE = /(^|\/)alertmanager$/;
export const GRAFANA_IMAGE = /(^|\/)grafana(-oss|-enterprise)?$/;

/**
 * The tag of an image's name, if it has one; a variable's default counts (`${TAG:-v2.53.1}`), a
 * digest is none.
 */
export function tagOf(image: string): string | undefined {
  const [name = ''] = image.replace(/\$\{\w+:?-([^}$]*)\}/g, '$1').split('@');
  return /:([^/]+)$/.exec(name)?.[1];
}

/** `prom/prometheus:v2.53.1` → 2.53; undefined where the tag names none, or there is no tag. */
export function versionOf(image: string): Version | undefined {
  const found = /^v?(\d+)(?:\.(\d+))?/.exec(tagOf(image) ?? '');
  return found ? { major: Number(found[1]), minor: Number(found[2] ?? 0) } : undefined;
}

import { posix } from 'node:path';
import { hasWildcard, matchesGlob } from '../lib/glob.ts';
import type { Compose, Service } from './compose/index.ts';
import { mountedBy } from './mounts.ts';

/**
 * Where a container looks for what its configuration names, when nothing is mounted there although
 * the configuration itself is; undefined when something is, or may be.
 * @param program the image that reads the configuration, as it is published
 * @param from path of the configuration in the stack
 */
export function unmounted(
  composes: Compose[],
  program: RegExp,
  from: string,
  pattern: string,
): string | undefined {
  if (pattern.includes('$')) return undefined;
  const readers = mountedBy(composes, program, from);
  const wanted = readers.map(({ service, target }) => ({
    service,
    inside: posix.resolve(posix.dirname(target), pattern),
  }));
  const lacks = ({ service, inside }: (typeof wanted)[number]): boolean =>
    !hasOwnFiles(service) && !service.mounts.some(({ target }) => brings(target, inside));
  return wanted.length > 0 && wanted.every(lacks) ? wanted[0]?.inside : undefined;
}

/** Other images have files of their own, and other containers' volumes may bring some. */
export function hasOwnFiles({ values }: Service): boolean {
  return values.some((value) => value.has('build') || value.has('volumes_from'));
}

/** Whether what is mounted at a place may bring what a path or pattern names. */
export function brings(target: string, inside: string): boolean {
  const base = target.replace(/(.)\/$/, '$1');
  const parts = inside.split('/');
  const depth = base === '/' ? 1 : base.split('/').length;
  return (
    base === '/' ||
    matchesGlob(base, parts.slice(0, depth).join('/')) ||
    (hasWildcard(inside) && matchesGlob(base, inside))
  );
}

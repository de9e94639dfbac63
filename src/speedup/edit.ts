import { isMap, isScalar, isSeq, visit } from 'yaml';
import type { Document, Node, Scalar, YAMLMap } from 'yaml';
import { formatDuration, parseDurationMs } from '../lib/duration.ts';

/** A file on its way into the faster world. */
export interface Sped {
  document: Document;
  speed: number;
  /** Notes that what stands at a node can't be sped up. */
  refuse: (node: Node, why: string) => void;
}

/** A duration divided by the speed: whole milliseconds, at least 1; nothing stays nothing. */
export function divide(ms: number, speed: number): number {
  return ms === 0 ? 0 : Math.max(1, Math.round(ms / speed));
}

/** Divides the durations under these keys of a map, where they are. */
export function divideKeys(sped: Sped, map: YAMLMap, keys: string[]): void {
  for (const key of keys) {
    const scalar = scalarAt(map, key);
    const ms = scalar && parseDurationMs(String(scalar.value));
    if (scalar && ms !== undefined && ms > 0) scalar.value = formatDuration(divide(ms, sped.speed));
  }
  // A merge key may hold them as well; the map behind an alias is divided where it stands.
  const merged = mapAt(map, '<<');
  if (merged) divideKeys(sped, merged, keys);
}

/**
 * Writes out a default that the file leaves to the program, already divided. A merged-in value
 * counts as written.
 */
export function addDefault(sped: Sped, map: YAMLMap, key: string, defaultMs: number): void {
  const written = (map.toJS(sped.document) as Record<string, unknown> | null)?.[key];
  if (written === undefined || written === null)
    map.set(key, formatDuration(divide(defaultMs, sped.speed)));
}

/** The scalar under a key, if there is one. */
export function scalarAt(map: YAMLMap, key: string): Scalar | undefined {
  const value = map.get(key, true);
  return isScalar(value) ? value : undefined;
}

/**
 * Replaces each alias of a scalar by a copy: what it points to may be no duration, or be divided by
 * itself.
 */
export function copyAliases(document: Document): void {
  visit(document, {
    Alias: (_, alias) => {
      const target = alias.resolve(document);
      return isScalar(target) ? document.createNode(target.value) : undefined;
    },
  });
}

/** The map under a key, if there is one. */
export function mapAt(map: YAMLMap, key: string): YAMLMap | undefined {
  const value = map.get(key);
  return isMap(value) ? value : undefined;
}

/** The maps in the list under a key. */
export function mapsAt(map: YAMLMap, key: string): YAMLMap[] {
  const value = map.get(key);
  return isSeq(value) ? value.items.filter((item) => isMap(item)) : [];
}

import type { Node } from '../../stack/source/node.ts';
import type { Value } from '../../stack/source/value.ts';

/**
 * A value of a stack's file as plain data, aliases and merges resolved; undefined for what isn't
 * there.
 */
export function plainOf(value: Value): unknown {
  return value.node && plain(value.node);
}

function plain(node: Node): unknown {
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind === 'map')
    return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
  return node.value;
}

/** A map of a stack's file as plain data; empty for anything else. */
export function plainMap(value: Value): Record<string, unknown> {
  return value.isMap ? (plainOf(value) as Record<string, unknown>) : {};
}

/** A scalar of plain data as text; anything else is the fallback. */
export function wordOf(value: unknown, fallback = ''): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : fallback;
}

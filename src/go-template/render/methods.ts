import { formatted } from './time.ts';
import { pairs } from './pairs.ts';
import type { GoValue } from './values.ts';

/**
 * What a method gives for its arguments; undefined where that doesn't depend on them, or isn't
 * known.
 */
export function methodOf(value: GoValue, name: string, args: GoValue[]): GoValue | undefined {
  const [first] = args;
  if (value.kind === 'time' && name === 'Format') return formatted(value, first);
  if (value.kind === 'map' && value.complete && name === 'Remove' && first?.kind === 'list') {
    const gone = new Set(first.items.map((one) => (one.kind === 'string' ? one.text : undefined)));
    const left = [...value.entries].flatMap(([key, one]) =>
      one.kind === 'string' && one.text !== undefined && !gone.has(key)
        ? [[key, one.text] as const]
        : [],
    );
    return pairs(Object.fromEntries(left));
  }
  return undefined;
}

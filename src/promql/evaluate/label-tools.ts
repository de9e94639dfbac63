import type { Labels } from './types.ts';

const NAME = '__name__';
const signatures = new WeakMap<Labels, string>();
const unnamed = new WeakMap<Labels, Labels>();

/** All labels but these; empty ones are none. */
export function without(labels: Labels, names: Iterable<string>): Record<string, string> {
  const gone = Array.isArray(names) ? (names as readonly string[]) : [...names];
  const kept: Record<string, string> = {};
  for (const key in labels) {
    const value = labels[key];
    if (value !== undefined && value !== '' && !gone.includes(key)) kept[key] = value;
  }
  return kept;
}

/** Only these labels. */
export function only(labels: Labels, names: Iterable<string>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of names) {
    const value = labels[name];
    if (value !== undefined && value !== '') kept[name] = value;
  }
  return kept;
}

/** Labels without the metric's name; the same object whenever the same one is given. */
export function withoutName(labels: Labels): Labels {
  if (!(NAME in labels)) return labels;
  return remembered(unnamed, labels, () => without(labels, [NAME]));
}

/** Equal for equal labels. */
export function signature(labels: Labels): string {
  return remembered(signatures, labels, () => {
    const keys = Object.keys(labels).sort();
    return keys.map((key) => `${key}\u0001${labels[key] ?? ''}`).join('\u0002');
  });
}

/** What is computed of a key once, for as long as somebody holds the key. */
export function remembered<K extends object, V>(known: WeakMap<K, V>, key: K, compute: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = compute();
  known.set(key, value);
  return value;
}

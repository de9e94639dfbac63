import type { Labels } from './types.ts';

const NAME = '__name__';

/** All labels but these; empty ones are none. */
export function without(labels: Labels, names: Iterable<string>): Record<string, string> {
  const gone = new Set(names);
  return Object.fromEntries(Object.entries(labels).filter(([k, v]) => !gone.has(k) && v !== ''));
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

export function withoutName(labels: Labels): Labels {
  return NAME in labels ? without(labels, [NAME]) : labels;
}

/** Equal for equal labels. */
export function signature(labels: Labels): string {
  const keys = Object.keys(labels).sort();
  return keys.map((key) => `${key}\u0001${labels[key] ?? ''}`).join('\u0002');
}

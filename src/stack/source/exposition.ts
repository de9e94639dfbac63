import { readExposition } from '../../lib/exposition.ts';

/** One metric family of a /metrics text. */
export interface Exposed {
  name: string;
  type: string | undefined;
  /** By the series' name (a histogram has three): the values of each label. */
  series: Map<string, Map<string, Set<string>>>;
}

const SUFFIXES = ['_bucket', '_sum', '_count', '_total', '_created', '_info'];

/**
 * The families of a saved /metrics text (Prometheus's text format, and OpenMetrics as far as it
 * agrees). Lines that are neither are counted, not guessed at.
 */
export function parseExposition(text: string): { families: Exposed[]; unread: number } {
  const { types, samples, unread } = readExposition(text);
  const families = new Map<string, Exposed>();
  const family = (name: string): Exposed => {
    const found = families.get(name) ?? { name, type: types[name], series: new Map() };
    families.set(name, found);
    return found;
  };
  for (const name of Object.keys(types)) family(name);
  for (const { name, labels } of samples) {
    const { series } = family(familyOf(name, families));
    const seen = series.get(name) ?? new Map<string, Set<string>>();
    series.set(name, seen);
    for (const [label, value] of Object.entries(labels))
      seen.set(label, (seen.get(label) ?? new Set()).add(value));
  }
  return { families: [...families.values()], unread };
}

/** The family that a series belongs to: its own name, or that without what the format adds. */
function familyOf(name: string, families: ReadonlyMap<string, Exposed>): string {
  if (families.has(name)) return name;
  return (
    SUFFIXES.map((suffix) => (name.endsWith(suffix) ? name.slice(0, -suffix.length) : '')).find(
      (base) => families.has(base),
    ) ?? name
  );
}

/** One metric family of a /metrics text. */
export interface Exposed {
  name: string;
  type: string | undefined;
  /** By the series' name (a histogram has three): the values of each label. */
  series: Map<string, Map<string, Set<string>>>;
}

const SUFFIXES = ['_bucket', '_sum', '_count', '_total', '_created', '_info'];

/**
 * The families of a saved /metrics text (Prometheus's text format, and OpenMetrics as far as it agrees).
 * Lines that are neither are counted, not guessed at.
 */
export function parseExposition(text: string): { families: Exposed[]; unread: number } {
  const families = new Map<string, Exposed>();
  let unread = 0;
  const family = (name: string): Exposed => {
    const found = families.get(name) ?? {
      name,
      type: undefined,
      series: new Map<string, Map<string, Set<string>>>(),
    };
    families.set(name, found);
    return found;
  };
  for (const line of text.split('\n').map((l) => l.trim())) {
    const type = /^#\s*TYPE\s+(\S+)\s+(\w+)$/.exec(line);
    if (type?.[1] !== undefined) family(type[1]).type = type[2];
    if (line === '' || line.startsWith('#')) continue;
    const name = /^[a-zA-Z_:][\w:]*/.exec(line)?.[0];
    const rest = name === undefined ? undefined : parseLabels(line.slice(name.length).trimStart());
    if (name === undefined || !rest || !/^\s*[-+]?(\d|\.\d|inf|nan)/i.test(rest.after)) {
      unread++;
      continue;
    }
    const base = families.has(name)
      ? name
      : (SUFFIXES.map((s) => (name.endsWith(s) ? name.slice(0, -s.length) : '')).find((n) =>
          families.has(n),
        ) ?? name);
    const { series } = family(base);
    const labels = series.get(name) ?? new Map<string, Set<string>>();
    series.set(name, labels);
    for (const [label, value] of rest.labels)
      labels.set(label, (labels.get(label) ?? new Set()).add(value));
  }
  return { families: [...families.values()], unread };
}

/** `{a="b",…}` and what follows; undefined when it isn't closed. */
function parseLabels(text: string): { labels: [string, string][]; after: string } | undefined {
  const labels: [string, string][] = [];
  if (!text.startsWith('{')) return { labels, after: text };
  let at = 1;
  for (;;) {
    const pair = /^\s*(?:([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|(?=\})))/.exec(
      text.slice(at),
    );
    if (!pair) break;
    labels.push([
      pair[1] ?? '',
      (pair[2] ?? '').replace(/\\(.)/g, (_all, c: string) => (c === 'n' ? '\n' : c)),
    ]);
    at += pair[0].length;
  }
  const close = /^\s*\}/.exec(text.slice(at));
  return close ? { labels, after: text.slice(at + close[0].length) } : undefined;
}

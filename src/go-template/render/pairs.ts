import { SOME_TEXT, list, struct, text } from './values.ts';
import type { GoMap, GoValue, List } from './values.ts';

const NAME = 'alertname';

/**
 * Labels or annotations with what can be asked of them (template/template.go of Alertmanager,
 * `KV`).
 * @param known all of them; undefined: any
 */
export function pairs(known?: Readonly<Record<string, string>>): GoMap {
  if (!known) return somePairs();
  const keys = Object.keys(known).sort();
  // The alert's name comes first (`SortedPairs`).
  const sorted = [...keys.filter((key) => key === NAME), ...keys.filter((key) => key !== NAME)];
  const values = sorted.map((key) => text(known[key] ?? ''));
  return {
    kind: 'map',
    entries: new Map(keys.map((key) => [key, text(known[key] ?? '')])),
    // The zero value of a text (`missingkey=zero`).
    other: text(''),
    complete: true,
    methods: {
      SortedPairs: pairList(
        sorted.map((key, i) => [text(key), values[i] ?? SOME_TEXT]),
        values,
      ),
      Names: list(...sorted.map((key) => text(key))),
      Values: list(...values),
    },
  };
}

function pairList(items: [name: GoValue, value: GoValue][], values: GoValue[]): List {
  return {
    kind: 'list',
    items: items.map(([Name, Value]) => struct('a pair', { Name, Value })),
    methods: {
      Names: list(...items.map(([name]) => name)),
      Values: list(...values),
      String: SOME_TEXT,
    },
  };
}

function somePairs(): GoMap {
  const texts = list(SOME_TEXT);
  const rest: GoMap = {
    kind: 'map',
    entries: new Map(),
    other: SOME_TEXT,
    methods: {
      SortedPairs: pairList([[SOME_TEXT, SOME_TEXT]], [SOME_TEXT]),
      Names: texts,
      Values: texts,
    },
  };
  return { ...rest, methods: { ...rest.methods, Remove: rest } };
}

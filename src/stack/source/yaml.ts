import { LineCounter, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { Document, Node as YamlNode } from 'yaml';
import type { Entry, MapNode, Node, ScalarNode } from './node.ts';

export interface ReadError {
  from: number;
  to: number;
  message: string;
}

export interface Parsed {
  root: Node | undefined;
  errors: ReadError[];
}

const MOST_ERRORS = 20;

/** The first document of a YAML text, as far as it can be read. Errors don't stop it; it throws for nothing but an exhausted stack. */
export function parseYaml(text: string): Parsed {
  const documents = parseAllDocuments(text, {
    lineCounter: new LineCounter(),
    prettyErrors: false,
    logLevel: 'silent',
    merge: true,
    keepSourceTokens: false,
  });
  const list: Document[] = 'empty' in documents ? [] : documents;
  const all = list.flatMap((d) => d.errors);
  // Keys that stand twice are faults of their own; of all others the first brings the rest.
  const errors = all
    .filter((e) => e.code === 'DUPLICATE_KEY' || e === all[0])
    .slice(0, MOST_ERRORS)
    .map((e) => ({
      from: e.pos[0],
      to: Math.max(e.pos[0] + 1, e.pos[1]),
      message: e.message.replace(/\s+/g, ' ').trim(),
    }));
  const first = list[0];
  return { root: first?.contents ? convert(first, first.contents) : undefined, errors };
}

function convert(document: Document, contents: YamlNode): Node {
  const done = new Map<unknown, Node>();
  const open = new Set<unknown>();
  const nothing = (at: number): ScalarNode => ({
    kind: 'scalar',
    from: at,
    to: at,
    value: null,
    style: undefined,
  });
  const go = (raw: unknown, at: number): Node => {
    const node = isAlias(raw) ? raw.resolve(document) : raw;
    // An alias to what it stands in would never end.
    if (node === undefined || node === null || open.has(node)) return nothing(at);
    const ready = done.get(node);
    if (ready) return ready;
    open.add(node);
    const made = make(node, at);
    open.delete(node);
    done.set(node, made);
    return made;
  };
  const make = (node: unknown, at: number): Node => {
    const range = (node as YamlNode).range;
    const [from, to] = range ? [range[0], range[1]] : [at, at];
    if (isMap(node))
      return {
        kind: 'map',
        from,
        to,
        entries: merged(node.items.flatMap((pair) => entry(pair, from))),
      };
    if (isSeq(node))
      return { kind: 'list', from, to, items: node.items.map((item) => go(item, from)) };
    if (isScalar(node)) {
      const value = node.value;
      const plain =
        typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
          ? value
          : typeof value === 'bigint'
            ? Number(value)
            : null;
      return { kind: 'scalar', from, to, value: plain, style: node.type as ScalarNode['style'] };
    }
    return nothing(from);
  };
  const entry = (pair: { key: unknown; value: unknown }, holder: number): Entry[] => {
    const key = go(pair.key, holder);
    if (key.kind !== 'scalar') return [];
    return [
      {
        key: String(key.value ?? ''),
        keyFrom: key.from,
        keyTo: key.to,
        value: go(pair.value, key.to),
      },
    ];
  };
  return go(contents, 0);
}

/** `<<: *base` gives the keys that the map itself doesn't have (yaml.org/type/merge). */
function merged(entries: Entry[]): Entry[] {
  const merges = entries.filter((e) => e.key === '<<');
  if (merges.length === 0) return entries;
  const own = entries.filter((e) => e.key !== '<<');
  const maps = merges
    .flatMap((e) => (e.value.kind === 'list' ? e.value.items : [e.value]))
    .filter((n): n is MapNode => n.kind === 'map');
  for (const inherited of maps.flatMap((m) => m.entries))
    if (!own.some((e) => e.key === inherited.key)) own.push(inherited);
  return own;
}

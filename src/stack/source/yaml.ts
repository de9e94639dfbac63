import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Node as YamlNode, Pair } from 'yaml';
import type { Entry, MapNode, Node, ScalarNode } from './node.ts';
import { documentsOf } from './yaml-documents.ts';

export interface ReadError {
  from: number;
  to: number;
  message: string;
}

export interface Parsed {
  /** One for each document that holds anything. */
  roots: Node[];
  errors: ReadError[];
}

const MOST_ERRORS = 20;
/** Keys that merges (`<<`) may bring in, over the whole file. */
const MOST_MERGED = 200_000;

/**
 * The documents of a YAML text, as far as they can be read. Errors don't stop it.
 * @throws an Error when the stack is exhausted, or merges are made to exhaust memory
 */
export function parseYaml(text: string): Parsed {
  const list = documentsOf(text);
  const doubles: ReadError[] = [];
  const converter = new Converter(doubles);

  const roots = list.flatMap((d) => (d.contents ? [converter.document(d.contents)] : []));
  // Of the errors of syntax the first brings the rest; keys that stand twice are faults of their
  // own.
  const errors = list
    .flatMap((d) => d.errors)
    .slice(0, 1)
    .map((e) => ({
      from: e.pos[0],
      to: Math.max(e.pos[0] + 1, e.pos[1]),
      message: e.message.replace(/\s+/g, ' ').trim(),
    }));
  return { roots, errors: [...errors, ...doubles].slice(0, MOST_ERRORS) };
}

/** Makes our tree of the library's; aliases share the node that they stand for. */
class Converter {
  private readonly doubles: ReadError[];
  private anchors = new Map<string, unknown>();
  private done = new Map<unknown, Node>();
  private readonly open = new Set<unknown>();
  private merges = 0;

  constructor(doubles: ReadError[]) {
    this.doubles = doubles;
  }

  document(contents: YamlNode): Node {
    this.anchors = new Map();
    this.done = new Map();
    return this.convert(contents, 0);
  }

  private convert(raw: unknown, at: number): Node {
    const node = isAlias(raw) ? this.anchors.get(raw.source) : raw;
    // An alias to what it stands in would never end.
    if (node === undefined || node === null || this.open.has(node)) return nothing(at);
    const ready = this.done.get(node);
    if (ready) return ready;
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) this.anchors.set(anchor, node);
    this.open.add(node);
    const made = this.make(node, at);
    this.open.delete(node);
    this.done.set(node, made);
    return made;
  }

  private make(node: unknown, at: number): Node {
    const range = (node as YamlNode).range;
    const [from, to] = range ? [range[0], range[1]] : [at, at];
    if (isMap(node))
      return { kind: 'map', from, to, entries: this.merged(this.entries(node.items, from)) };
    if (isSeq(node))
      return { kind: 'list', from, to, items: node.items.map((item) => this.convert(item, from)) };
    if (!isScalar(node)) return nothing(from);
    const style = node.type as ScalarNode['style'];
    return { kind: 'scalar', from, to, value: plain(node.value), style };
  }

  private entries(pairs: Pair[], holder: number): Entry[] {
    const seen = new Set<string>();
    return pairs.flatMap((pair) => {
      const key = this.convert(pair.key, holder);
      const value = this.convert(pair.value, key.to);
      if (key.kind !== 'scalar') return [];
      const name = String(key.value ?? '');
      if (seen.has(name) && name !== '<<')
        this.doubles.push({ from: key.from, to: key.to, message: 'Map keys must be unique' });
      seen.add(name);
      return [{ key: name, keyFrom: key.from, keyTo: key.to, value }];
    });
  }

  /** `<<: *base` gives the keys that the map itself doesn't have (yaml.org/type/merge). */
  private merged(entries: Entry[]): Entry[] {
    const merges = entries.filter((e) => e.key === '<<');
    if (merges.length === 0) return entries;
    const own = entries.filter((e) => e.key !== '<<');
    const names = new Set(own.map((e) => e.key));
    const maps = merges
      .flatMap((e) => (e.value.kind === 'list' ? e.value.items : [e.value]))
      .filter((n): n is MapNode => n.kind === 'map');
    for (const map of maps)
      for (const inherited of map.entries) {
        if (++this.merges > MOST_MERGED) throw new Error('too many keys are merged');
        if (names.has(inherited.key)) continue;
        names.add(inherited.key);
        own.push(inherited);
      }
    return own;
  }
}

function nothing(at: number): ScalarNode {
  return { kind: 'scalar', from: at, to: at, value: null, style: undefined };
}

function plain(value: unknown): ScalarNode['value'] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return typeof value === 'bigint' ? Number(value) : null;
}

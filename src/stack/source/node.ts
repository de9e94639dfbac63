import type { Scalar } from 'yaml';

/**
 * One tree for YAML and JSON alike. Aliases share their node; there are no cycles. `from` and `to`
 * are offsets in the file.
 */
export type Node = MapNode | ListNode | ScalarNode;

export interface Entry {
  key: string;
  keyFrom: number;
  keyTo: number;
  value: Node;
}

export interface MapNode {
  kind: 'map';
  from: number;
  to: number;
  entries: Entry[];
}

export interface ListNode {
  kind: 'list';
  from: number;
  to: number;
  items: Node[];
}

export interface ScalarNode {
  kind: 'scalar';
  from: number;
  to: number;
  value: string | number | boolean | null;
  /** How it is written: decides where a character of its value stands in the file. */
  style: Scalar.Type | 'JSON' | undefined;
}

/** Calls `visit` with each scalar below a node, once, with the keys that lead to it. */
export function eachScalar(
  node: Node | undefined,
  visit: (scalar: ScalarNode, keys: string[], entry: Entry | undefined) => void,
): void {
  const seen = new Set<Node>();
  const go = (at: Node, keys: string[], entry: Entry | undefined): void => {
    if (seen.has(at)) return;
    seen.add(at);
    if (at.kind === 'scalar') visit(at, keys, entry);
    else if (at.kind === 'list') for (const item of at.items) go(item, keys, entry);
    else for (const inner of at.entries) go(inner.value, [...keys, inner.key], inner);
  };
  if (node) go(node, [], undefined);
}

/** How many nodes a tree has, and how many when each alias is written out; and how deep it is. */
export function measure(root: Node): { nodes: number; written: number; depth: number } {
  const sizes = new Map<Node, { written: number; depth: number }>();
  const go = (node: Node): { written: number; depth: number } => {
    const known = sizes.get(node);
    if (known) return known;
    let [written, depth] = [1, 0];
    const inner =
      node.kind === 'map'
        ? node.entries.map((e) => e.value)
        : node.kind === 'list'
          ? node.items
          : [];
    for (const child of inner) {
      const size = go(child);
      written += size.written;
      depth = Math.max(depth, size.depth);
    }
    const own = { written, depth: depth + 1 };
    sizes.set(node, own);
    return own;
  };
  const { written, depth } = go(root);
  return { nodes: sizes.size, written, depth };
}

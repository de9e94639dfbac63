import type { Node } from './node.ts';
import type { Value } from './value.ts';

/** Keys and places in lists that lead to a value. */
export type TreePath = (string | number)[];

/** Every text of a tree, with what leads to it; numbers and booleans are texts too. */
export function textsIn(
  tree: Value,
  path: TreePath = [],
): { text: string; value: Value; path: TreePath }[] {
  const text = tree.text();
  if (text !== undefined) return [{ text, value: tree, path }];
  return [
    ...tree.entries().flatMap(({ key, value }) => textsIn(value, [...path, key])),
    ...tree.items().flatMap((value, i) => textsIn(value, [...path, i])),
  ];
}

/** What a path leads to; empty where there is nothing. */
export function valueAt(tree: Value, path: TreePath): Value {
  return path.reduce<Value>(
    (value, key) =>
      typeof key === 'string' ? value.get(key) : (value.items()[key] ?? value.get('')),
    tree,
  );
}

/** What leads to a value of a tree; undefined where it isn't one of it. */
export function pathTo(tree: Value, { node }: Value): TreePath | undefined {
  return tree.node && node ? search(tree.node, node) : undefined;
}

function search(at: Node, wanted: Node): TreePath | undefined {
  if (at === wanted) return [];
  if (at.kind === 'scalar' || wanted.from < at.from || wanted.to > at.to) return undefined;
  const inner: [string | number, Node][] =
    at.kind === 'map'
      ? at.entries.map(({ key, value }) => [key, value])
      : at.items.map((item, i) => [i, item]);
  for (const [key, node] of inner) {
    const rest = search(node, wanted);
    if (rest) return [key, ...rest];
  }
  return undefined;
}

import type { Node } from '../../stack/source/node.ts';
import type { Comment } from './comments.ts';

/** Lines, from 1, both included. */
export interface Region {
  first: number;
  last: number;
}

/**
 * What a comment speaks of: its own line, or when it stands alone, the next line that holds
 * anything; with all that begins there (above an alert: the whole alert).
 */
export function regionOf({ file, from }: Comment): Region {
  const lines = file.text.split('\n');
  const own = file.position(from).line;
  const alone = (lines[own - 1] ?? '').trimStart().startsWith('#');
  let line = own;
  if (alone)
    do line++;
    while (line < lines.length && /^\s*(#.*)?$/.test(lines[line - 1] ?? ''));
  let last = line;
  const end = (node: Node, start: number): void => {
    if (file.position(start).line === line)
      last = Math.max(last, file.position(Math.max(start, node.to - 1)).line);
  };
  const seen = new Set<Node>();
  const go = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'map')
      for (const entry of node.entries) {
        end(entry.value, entry.keyFrom);
        go(entry.value);
      }
    if (node.kind === 'list')
      for (const item of node.items) {
        end(item, item.from);
        go(item);
      }
  };
  if (file.root.node) go(file.root.node);
  return { first: line, last };
}

import { parseDocument } from 'yaml';
import { edited } from './json-path.ts';
import type { Change, TreeEdit } from '../model/mutation.ts';

/**
 * The text of a file after a change; comments and order stay. @param path what its ending says is
 * how it is written
 */
export function changed(text: string, { file, edits, splice }: Change): string {
  if (splice) return `${text.slice(0, splice.from)}${splice.text}${text.slice(splice.to)}`;
  return file.endsWith('.json') ? ofJson(text, edits) : ofYaml(text, edits);
}

function ofJson(text: string, edits: TreeEdit[]): string {
  return JSON.stringify(
    edits.reduce((tree: unknown, edit) => edited(tree, edit), JSON.parse(text)),
    null,
    2,
  );
}

function ofYaml(text: string, edits: TreeEdit[]): string {
  const document = parseDocument(text);
  for (const { path, value, insert } of edits) {
    if (value === undefined) document.deleteIn(path);
    else if (insert) insertIn(document, path, value);
    else document.setIn(path, document.createNode(value));
  }
  return document.toString({ lineWidth: 0 });
}

function insertIn(
  document: ReturnType<typeof parseDocument>,
  path: (string | number)[],
  value: unknown,
): void {
  const at = path.at(-1);
  const list: unknown = document.getIn(path.slice(0, -1));
  if (typeof at !== 'number' || !isSequence(list)) return;
  list.items.splice(at, 0, document.createNode(value));
}

function isSequence(node: unknown): node is { items: unknown[] } {
  return typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items);
}

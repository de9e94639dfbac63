import type { TreeEdit } from '../model/mutation.ts';

/**
 * A tree of JSON with one thing changed; what isn't on the path is shared with the tree that was
 * given.
 */
export function edited(tree: unknown, edit: TreeEdit): unknown {
  const [key, ...rest] = edit.path;
  if (key === undefined) return edit.value;
  const inner = (held: unknown): unknown => edited(held, { ...edit, path: rest });
  if (Array.isArray(tree) && typeof key === 'number') {
    const list: unknown[] = [...(tree as unknown[])];
    const put = rest.length > 0 ? [inner(list[key])] : edit.value === undefined ? [] : [edit.value];
    list.splice(key, edit.insert && rest.length === 0 ? 0 : 1, ...put);
    return list;
  }
  const map = { ...(tree as Record<string, unknown>) };
  const value = inner(map[key]);
  if (value === undefined) delete map[key];
  else map[key] = value;
  return map;
}

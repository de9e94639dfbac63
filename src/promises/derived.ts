/** One thing that a contract says, key by key, as it stands in the file. */
export type Entry = Record<string, unknown>;

/** A contract as it is written; where several have a name, a list has an entry for each. */
export interface Derived {
  scraping?: Entry;
  jobs: Record<string, Entry>;
  receivers: Record<string, Entry>;
  telling?: Entry;
  metrics: Record<string, Entry>;
  alerts: Record<string, Entry[]>;
  dashboards: Record<string, Record<string, Entry[]>>;
}

/** Without the keys of which nothing is known. */
export function known(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}

/** A list for each name, in the order of their first. */
export function byName<T>(named: readonly { name: string; entry: T }[]): Record<string, T[]> {
  const lists = new Map<string, T[]>();
  for (const { name, entry } of named) lists.set(name, [...(lists.get(name) ?? []), entry]);
  return Object.fromEntries(lists);
}

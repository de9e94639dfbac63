import type { z } from 'zod';
import type { SourceRef } from '../model/source.ts';
import type { YamlSource } from './yaml-source.ts';

/** Sections of a contract whose entries have names. */
export type Section = 'jobs' | 'receivers' | 'metrics' | 'alerts' | 'dashboards';

/** The sound entries of a section, each with its name and its place. */
export function entriesOf<T extends z.ZodType, U extends { name: string; source: SourceRef }>(
  source: YamlSource,
  section: Section,
  schema: T,
  normalise: (value: z.output<T>) => Omit<U, 'name' | 'source'>,
): U[] {
  return source.entries([section]).flatMap((path): U[] => {
    const value = source.check(schema, path);
    if (value === undefined) return [];
    // `normalise` gives all of U but these two.
    return [{ ...normalise(value), name: String(path[1]), source: source.at(path, true) } as U];
  });
}

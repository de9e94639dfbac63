import { z } from 'zod';
import { parseMatchers } from '../alertmanager/matchers.ts';
import { texts } from './schema.ts';
import type { Path, YamlSource } from './yaml-source.ts';

type Prefix = '' | 'source' | 'target';

/**
 * The schema's part for the matchers of a route (prefix '') or of one side of an inhibition rule.
 */
export function matcherLists(prefix: Prefix): {
  [key: string]: z.ZodOptional<z.ZodArray<z.ZodString>> | z.ZodOptional<typeof texts>;
} {
  const p = prefix === '' ? '' : `${prefix}_`;
  return {
    [`${p}matchers`]: z.array(z.string()).optional(),
    [`${p}match`]: texts.optional(),
    [`${p}match_re`]: texts.optional(),
  };
}

/** Adds to the problems each matcher that Alertmanager would refuse. */
export function checkMatchers(
  source: YamlSource,
  path: Path,
  prefix: '' | 'source_' | 'target_',
): void {
  for (const at of source.entries([...path, `${prefix}matchers`])) {
    const text = source.get(at);
    if (typeof text === 'string' && parseMatchers(text) === undefined)
      source.say(
        at,
        `\`${text}\` is no matcher`,
        'a label, one of = != =~ !~, and a value in double quotes',
      );
  }
}

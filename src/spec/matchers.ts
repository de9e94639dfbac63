import { z } from 'zod';
import { texts } from './schema.ts';
import type { Path, YamlSource } from './yaml-source.ts';

/** One label matcher: a name (quoted when it isn't plain), an operator and a value, with or without quotes. */
const MATCHER =
  /^\s*(?:[A-Za-z_:][\w:.-]*|"(?:[^"\\]|\\.)+")\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^"{}[\],]*?))\s*$/;

type Prefix = '' | 'source' | 'target';
/** The three ways to write matchers: today's list, and the two maps of old. */
type Lists = Record<string, unknown>;

/** The schema's part for the matchers of a route (prefix '') or of one side of an inhibition rule. */
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

/** All matchers at a path as one list, e.g. `severity="critical"`. One that Alertmanager would refuse is added to the problems. */
export function matchersOf(
  source: YamlSource,
  path: Path,
  prefix: '' | 'source_' | 'target_',
  raw: Lists,
): string[] {
  const list = (raw[`${prefix}matchers`] ?? []) as string[];
  const pairs = (key: string, operator: string): string[] =>
    Object.entries((raw[`${prefix}${key}`] ?? {}) as Record<string, string>).map(
      ([label, value]) => `${label}${operator}${JSON.stringify(value)}`,
    );
  list.forEach((text, i) => {
    for (const matcher of split(text)) {
      const parts = MATCHER.exec(matcher);
      if (!parts)
        source.say(
          [...path, `${prefix}matchers`, i],
          `\`${text}\` is no matcher`,
          'a label, one of = != =~ !~, and a value in double quotes',
        );
    }
  });
  return [...list, ...pairs('match', '='), ...pairs('match_re', '=~')];
}

/** One text may hold several matchers: `{a="b", c="d"}`. */
function split(text: string): string[] {
  const inner = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1] ?? text;
  return (inner.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? ['']).filter(
    (part, _i, all) => part.trim() !== '' || all.length === 1,
  );
}

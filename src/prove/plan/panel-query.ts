import { replaceVariables, variableUses } from '../../lib/grafana-variables.ts';

/** A matcher in a query, its value in double quotes. */
const MATCHER = /(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"/g;
const NOBODY = 'no value is called like this';
/** What Grafana fills in by a panel's width or its range: any will do that holds some scrapes. */
const RANGE_MS = 3_600_000;
const SCRAPES_IN_AN_INTERVAL = 4;

/**
 * A panel's query with every variable at "all": matchers on one let everything pass, durations hold
 * some scrapes.
 */
export function queryOf(text: string, scrapeMs: number): string {
  const open = text.replace(MATCHER, (all, op: string, value: string) => {
    if (variableUses(value).length === 0) return all;
    if (op.startsWith('!')) return `!~"${NOBODY}"`;
    const escaped = op === '=' ? value.replace(/[.*+?()|^]/g, '\\\\$&') : value;
    return `=~"${replaceVariables(escaped, () => '.*')}"`;
  });
  return replaceVariables(open, ({ name, from }) => {
    const ms =
      /range/.test(name) && name !== '__rate_interval'
        ? RANGE_MS
        : SCRAPES_IN_AN_INTERVAL * scrapeMs;
    if (name.endsWith('_ms')) return String(ms);
    if (name.endsWith('_s')) return String(ms / 1000);
    return /(?:[[:]|\boffset(?:\s*-)?)\s*$/.test(open.slice(0, from)) ? `${ms}ms` : undefined;
  });
}

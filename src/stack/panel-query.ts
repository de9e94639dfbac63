import {
  formatValues,
  globalValues,
  intervalMs,
  replaceVariables,
  variableUses,
} from '../lib/grafana-variables.ts';
import type { Dashboard } from './dashboards/index.ts';
import type { Value } from './source/value.ts';

/**
 * What a dashboard shows when it is opened, and how many points a panel has, where it says nothing
 * itself.
 */
const RANGE_MS = 6 * 3_600_000;
const POINTS = 600;
const ALL = '$__all';

/** Values that somebody chose at the top of a dashboard, by the variable's name. */
export type Choice = Readonly<Record<string, string>>;

/**
 * A panel's text as it is sent to Prometheus, with the variables that are chosen when the dashboard
 * opens. What isn't defined is sent as it is, by Grafana too.
 * @param chosen what somebody chose instead
 * @returns undefined when a variable has no value that can be known from the file
 */
export function askedQuery(
  text: string,
  dashboard: Dashboard,
  scrapeMs: number,
  chosen: Choice = {},
): string | undefined {
  const own = ownValues(scrapeMs);
  let known = true;
  const filled = replaceVariables(text, ({ name, format }) => {
    const variable = dashboard.variables.find((one) => one.name === name);
    const value = own[name] ?? (variable && valueOf(variable.value, format, chosen[name]));
    if (variable && value === undefined) known = false;
    return value;
  });
  return known ? filled : undefined;
}

/** The same with Grafana's own variables filled in alone: those of the dashboard stay. */
export function withGlobals(text: string, scrapeMs: number): string {
  const own = ownValues(scrapeMs);
  return replaceVariables(text, ({ name }) => own[name]);
}

/**
 * What has changed in a text in which Grafana's own variables are filled in, done to the text as it
 * is written. A variable of which a part would be written anew goes as a whole.
 */
export function editedAsWritten(
  written: string,
  edit: { from: number; to: number; text: string },
  scrapeMs: number,
): string {
  const own = ownValues(scrapeMs);
  const filled = variableUses(written).flatMap(({ from, to, name }) => {
    const value = own[name];
    return value === undefined ? [] : [{ from, to, length: value.length }];
  });
  const place = (at: number, side: 'from' | 'to'): number => {
    let longer = 0;
    for (const use of filled) {
      const start = use.from + longer;
      if (at <= start) break;
      if (at < start + use.length) return use[side];
      longer += use.length - (use.to - use.from);
    }
    return at - longer;
  };
  const [from, to] = [place(edit.from, 'from'), place(edit.to, 'to')];
  return written.slice(0, from) + edit.text + written.slice(to);
}

function ownValues(scrapeMs: number): Record<string, string> {
  return globalValues(intervalMs(RANGE_MS, POINTS, scrapeMs), scrapeMs, RANGE_MS);
}

/** What stands for a variable: All is every value there is. */
function valueOf(
  variable: Value,
  format: string | undefined,
  chosen: string | undefined,
): string | undefined {
  const values =
    chosen === undefined
      ? variable
          .at('current', 'value')
          .texts()
          .map(({ text }) => text)
          .filter((text) => text !== '')
      : [chosen];
  const includeAll = variable.get('includeAll').isTrue();
  const multi = variable.get('multi').isTrue();
  if (includeAll && (values.length === 0 || values.includes(ALL)))
    return variable.get('allValue').text() ?? '.*';
  return values.length === 0 ? undefined : formatValues(values, format, { multi, includeAll });
}

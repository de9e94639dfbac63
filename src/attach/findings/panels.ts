import type { LiveFinding } from '../../model/attach.ts';
import {
  formatValues,
  intervalMs,
  rateIntervalMs,
  replaceVariables,
} from '../../lib/grafana-variables.ts';
import { formatDuration } from '../../lib/duration.ts';
import { parseExpr } from '../../promql/parse.ts';
import type { Dashboard, Panel } from '../../stack/dashboards.ts';
import { placeText } from '../../stack/place-text.ts';
import type { Value } from '../../stack/source/value.ts';
import { live } from '../finding.ts';

/** One query of a panel that can be asked. */
export interface PanelQuery {
  dashboard: string;
  panel: string;
  where: string;
  query: string;
}

/**
 * What a dashboard shows when it is opened, and how many points a panel has, where it says nothing
 * itself.
 */
const RANGE_MS = 6 * 3_600_000;
const POINTS = 600;
const ALL = '$__all';

/**
 * Every query of every panel, with the variables that are chosen when the dashboard opens.
 * @returns `unclear`: queries in which a variable has no value that can be known from here
 */
export function panelQueries(
  dashboards: Dashboard[],
  scrapeIntervalMs: number,
): { queries: PanelQuery[]; unclear: string[] } {
  const unclear: string[] = [];
  const queries = dashboards.flatMap((dashboard) =>
    dashboard.panels.flatMap((panel) =>
      panel.targets.flatMap((target): PanelQuery[] => {
        if (!target.expression) return [];
        const query = filledIn(target.expression.text, dashboard, scrapeIntervalMs);
        if (query !== undefined && 'expr' in parseExpr(query))
          return [
            {
              dashboard: dashboard.title,
              panel: panel.title,
              where: placeText(target.expression.value.place),
              query,
            },
          ];
        unclear.push(nameOf(dashboard, panel));
        return [];
      }),
    ),
  );
  return { queries, unclear };
}

/** A panel's query that gave nothing, or failed. */
export function panelFinding(query: PanelQuery, seen: { error: string } | 'empty'): LiveFinding {
  const about = { subject: `${query.dashboard} / ${query.panel}`, where: query.where };
  return seen === 'empty'
    ? live('panelNoData', { ...about, title: `\`${query.query}\` has no data` })
    : live('panelFails', { ...about, title: `\`${query.query}\` fails: ${seen.error}` });
}

function nameOf(dashboard: Dashboard, panel: Panel): string {
  return `${dashboard.title} / ${panel.title}`;
}

/**
 * A query as it is sent when the dashboard opens; undefined when a variable's value isn't known.
 */
function filledIn(
  text: string,
  dashboard: Dashboard,
  scrapeIntervalMs: number,
): string | undefined {
  const step = intervalMs(RANGE_MS, POINTS, scrapeIntervalMs);
  const own: Record<string, string> = {
    __interval: formatDuration(step),
    __interval_ms: String(step),
    __rate_interval: formatDuration(rateIntervalMs(step, scrapeIntervalMs)),
    __rate_interval_ms: String(rateIntervalMs(step, scrapeIntervalMs)),
    __range: formatDuration(RANGE_MS),
    __range_s: String(RANGE_MS / 1000),
    __range_ms: String(RANGE_MS),
  };
  let known = true;
  const filled = replaceVariables(text, ({ name, format }) => {
    const variable = dashboard.variables.find((one) => one.name === name);
    const value = own[name] ?? (variable && chosen(variable.value, format));
    if (value === undefined) known = false;
    return value;
  });
  return known ? filled : undefined;
}

/** What stands for a variable when the dashboard opens: All is every value there is. */
function chosen(variable: Value, format: string | undefined): string | undefined {
  const values = variable
    .at('current', 'value')
    .texts()
    .map(({ text }) => text)
    .filter((text) => text !== '');
  const includeAll = variable.get('includeAll').isTrue();
  const multi = variable.get('multi').isTrue();
  if (includeAll && (values.length === 0 || values.includes(ALL)))
    return variable.get('allValue').text() ?? '.*';
  return values.length === 0 ? undefined : formatValues(values, format, { multi, includeAll });
}

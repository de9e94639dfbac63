import type { Question } from '../model/attach.ts';
import type { Stack } from '../stack/index.ts';
import { panelQueries } from './findings/panels.ts';
import { neededSelectors } from './findings/selectors.ts';
import { windowOf } from './history.ts';
import { promisedMetrics } from './judge-metrics.ts';
import { seriesPerJob } from './findings/metrics.ts';
import { OVERVIEW, instant, range } from './questions.ts';
import { DEFAULT_INTERVAL_MS } from '../model/prometheus-defaults.ts';

/**
 * What would be asked, for a dry run: nothing is sent. Without files only the first questions are
 * known, since all others depend on the rules and dashboards that the system turns out to have.
 * @returns `later`: what can't be listed before something was asked, in words
 */
export function plannedQuestions(
  files: Stack | undefined,
  lastMs: number,
  timeoutMs: number,
): { questions: Question[]; later: string[] } {
  const first = Object.values(OVERVIEW);
  const later = [
    'grafana /api/dashboards/uid/…  each dashboard',
    ...(files
      ? []
      : [
          'prometheus /api/v1/query  count(…) of each selector of the rules that run',
          'prometheus /api/v1/query  each query of each panel',
          ...(lastMs > 0
            ? ['prometheus /api/v1/query_range  the expression of each alert that runs']
            : []),
        ]),
  ];
  return { questions: files ? [...first, ...ofFiles(files, lastMs, timeoutMs)] : first, later };
}

function ofFiles(files: Stack, lastMs: number, timeoutMs: number): Question[] {
  const selectors = neededSelectors(files.rules).filter((n) => n.selector.matchers.length > 0);
  const scrapeMs = files.prometheus[0]?.scrapeIntervalMs ?? DEFAULT_INTERVAL_MS;
  const alerts = files.rules.filter((rule) => rule.kind === 'alert');
  const nowMs = Date.now();
  return [
    ...selectors.map(({ text }) => instant(`count(${text})`, timeoutMs)),
    ...panelQueries(files.dashboards, scrapeMs).queries.map(({ query }) =>
      instant(query, timeoutMs),
    ),
    ...promisedMetrics(files).map((metric) => instant(seriesPerJob(metric), timeoutMs)),
    ...(lastMs > 0 ? alerts : []).map((rule) =>
      range(
        rule.expression.text,
        windowOf(nowMs, lastMs, rule.group.intervalMs ?? DEFAULT_INTERVAL_MS),
        timeoutMs,
      ),
    ),
  ];
}

import { formatDuration } from '../lib/duration.ts';
import type { CheckFile } from '../model/check.ts';
import type { LiveGroup, LiveRule, Overview } from './overview.ts';

/** Where the running system's own configurations stand among the files that are made of it. */
export const LIVE_PROMETHEUS = 'prometheus/prometheus.yml';
export const LIVE_ALERTMANAGER = 'alertmanager/alertmanager.yml';
/** Between a group's file and its name: several files may have groups of one name. */
const BETWEEN = ';';

/**
 * A running system as the files that would make it, for the one reader of stacks.
 * @param dashboards Grafana's answers for each dashboard, as they came
 */
export function liveFiles(overview: Overview, dashboards: Map<string, unknown>): CheckFile[] {
  const { config, rules, alertmanager } = overview;
  return [
    ...(config ? [{ path: LIVE_PROMETHEUS, text: config.yaml }] : []),
    ...(rules ? [{ path: 'prometheus/rules.yml', text: rulesText(rules.groups) }] : []),
    ...(alertmanager ? [{ path: LIVE_ALERTMANAGER, text: alertmanager.config.original }] : []),
    ...[...dashboards].map(([uid, board]) => ({
      path: `grafana/dashboards/${uid}.json`,
      text: JSON.stringify(board, null, 2),
    })),
  ];
}

/** File and name of a group among those files. */
export function liveGroupOf(written: string): { file: string; name: string } {
  const at = written.indexOf(BETWEEN);
  return { file: written.slice(0, at), name: written.slice(at + 1) };
}

/** JSON is YAML too. */
function rulesText(groups: LiveGroup[]): string {
  return JSON.stringify(
    {
      groups: groups.map((group) => ({
        name: `${group.file}${BETWEEN}${group.name}`,
        interval: formatDuration(group.interval * 1000),
        rules: group.rules.map(ruleOf),
      })),
    },
    null,
    2,
  );
}

function ruleOf(rule: LiveRule): unknown {
  const alerting = rule.type === 'alerting';
  return {
    [alerting ? 'alert' : 'record']: rule.name,
    expr: rule.query,
    ...(rule.duration > 0 ? { for: formatDuration(rule.duration * 1000) } : {}),
    ...(rule.keepFiringFor > 0
      ? { keep_firing_for: formatDuration(rule.keepFiringFor * 1000) }
      : {}),
    labels: rule.labels,
    ...(alerting ? { annotations: rule.annotations } : {}),
  };
}

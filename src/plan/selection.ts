import { HarnessError } from '../lib/errors.ts';
import { nearest } from '../lib/nearest.ts';
import type { Spec } from '../model/spec.ts';
import { isProvoked } from './levels.ts';
import { outageJobs } from './outage-jobs.ts';

/** What of a stack is proved in a run. */
export interface Selection {
  /**
   * Whether something is proved, by its name: `alert/HighErrorRate`,
   * `metric/pg_settings_max_connections`, `panel/Business Metrics/Active Streams`.
   */
  wants: (name: string) => boolean;
  /** What was asked for, in words; null when it was everything. */
  text: string | null;
  life?: Life;
}

/**
 * What of the life of an alert on a state is done: all of it (by default); what it must not fire on
 * (`quiet`), or what it has to fire on, and its end (`loud`); or only its breach.
 */
export type Life = 'whole' | 'quiet' | 'loud' | 'breach';

/** Words for all of a kind, and kinds by another word. */
const KINDS: Record<string, string> = {
  alert: 'alert',
  alerts: 'alert',
  metric: 'metric',
  metrics: 'metric',
  panel: 'panel',
  panels: 'panel',
  dashboard: 'panel',
  dashboards: 'panel',
};
export const GRAFANA_RULES = "Grafana's alerts";

/** Everything is proved. */
export const EVERYTHING: Selection = { wants: () => true, text: null };

/** Names of everything that can be proved, by itself. */
export function selectable(spec: Spec): string[] {
  return [
    ...spec.contract.alerts.flatMap((alert) => {
      if (alert.stimulus.kind === 'outage')
        return outageJobs(spec, alert).map((job) => `alert/${alert.name}/${job.name}`);
      return isProvoked(alert) ? [`alert/${alert.name}`] : [];
    }),
    ...spec.contract.metrics.map((metric) => `metric/${metric.name}`),
    ...spec.dashboards.flatMap((dashboard) =>
      dashboard.panels.map((panel) => `panel/${dashboard.title}/${panel.title}`),
    ),
    ...spec.grafanaRules.map((rule) => `panel/${GRAFANA_RULES}/${rule.title}`),
  ];
}

/**
 * What the patterns select: a kind (`alerts`, `metrics`, `dashboards`), or the beginning of a name
 * up to a slash (`alert/TargetDown`, `dashboard/Business Metrics`); upper and lower case alike.
 * Without patterns, everything.
 * @throws HarnessError when a pattern selects nothing, with the nearest name: nothing selected is
 * never a pass
 */
export function selectionOf(spec: Spec, patterns: string[]): Selection {
  if (patterns.length === 0) return EVERYTHING;
  const names = selectable(spec);
  const wanted = patterns.map((pattern) => {
    const [kind = '', ...rest] = pattern.split('/');
    const normal = [KINDS[kind.toLowerCase()] ?? kind, ...rest]
      .join('/')
      .toLowerCase()
      .replace(/\/$/, '');
    const hit = names.filter(
      (name) => name.toLowerCase() === normal || name.toLowerCase().startsWith(`${normal}/`),
    );
    if (hit.length === 0) {
      const close = nearest(
        normal,
        names.flatMap((name) => prefixes(name.toLowerCase())),
      );
      const meant = names.flatMap(prefixes).find((name) => name.toLowerCase() === close);
      throw new HarnessError(
        `--only ${pattern} selects nothing`,
        `${meant === undefined ? '' : `Did you mean ${meant}? `}Use alerts, metrics, dashboards, ` +
          `or the name of one: alert/${spec.contract.alerts[0]?.name ?? 'NAME'}, metric/NAME, ` +
          'dashboard/TITLE, panel/TITLE/PANEL.',
      );
    }
    return hit;
  });
  const all = new Set(wanted.flat());
  return { wants: (name) => all.has(name), text: patterns.join(', ') };
}

/** `a/b/c` → `a/b`, `a/b/c`. */
function prefixes(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 2).join('/'));
}

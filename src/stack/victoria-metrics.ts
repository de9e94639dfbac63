import type { Compose } from './compose/index.ts';
import { mountedAt } from './mounts.ts';
import type { StackDocument } from './source/documents.ts';
import type { Value } from './source/value.ts';

/**
 * VictoriaMetrics takes Prometheus's files and more: rules in MetricsQL, scrape jobs with keys of
 * its own (docs.victoriametrics.com, "vmalert", "vmagent").
 */
const GROUP_KEYS = [
  ...['type', 'concurrency', 'notifier_headers'],
  ...['eval_offset', 'eval_delay', 'eval_alignment'],
];
const RULE_KEYS = ['debug', 'update_entries_limit'];
const SCRAPE_KEYS = [
  ...['scrape_align_interval', 'scrape_offset', 'stream_parse', 'no_stale_markers'],
  ...['series_limit', 'relabel_debug', 'metric_relabel_debug', 'disable_compression'],
  ...['disable_keepalive', 'denied_label_names'],
];
/** Steps of relabelling that Prometheus doesn't have (docs.victoriametrics.com, "Relabeling"). */
const RELABEL_ACTIONS = new Set([
  ...['keep_if_equal', 'drop_if_equal', 'keep_if_contains', 'drop_if_contains'],
  ...['keep_metrics', 'drop_metrics', 'replace_all', 'labelmap_all', 'graphite'],
]);
const VMALERT_IMAGE = /(^|\/)vmalert$/;
const SCRAPER_IMAGE = /(^|\/)(vmagent|victoria-metrics|vmsingle)$/;

/** Whether a rule file is given to vmalert: a compose file mounts it there, or it has its keys. */
export function isVmalerts({ file, root }: StackDocument, composes: Compose[]): boolean {
  return (
    mountedAt(composes, VMALERT_IMAGE, file.path).length > 0 ||
    root
      .get('groups')
      .items()
      .some(
        (group) =>
          hasAny(group, GROUP_KEYS) ||
          group
            .get('rules')
            .items()
            .some((rule) => hasAny(rule, RULE_KEYS)),
      )
  );
}

/**
 * Whether a scrape configuration is vmagent's, or that of a single VictoriaMetrics; what a compose
 * file mounts in a Prometheus is Prometheus's, whatever keys it has.
 */
export function isVmagents({ file, root }: StackDocument, composes: Compose[]): boolean {
  if (mountedAt(composes, /(^|\/)prometheus$/, file.path).length > 0) return false;
  return (
    mountedAt(composes, SCRAPER_IMAGE, file.path).length > 0 ||
    [root.get('global'), ...root.get('scrape_configs').items()].some(
      (holder) => hasAny(holder, SCRAPE_KEYS) || relabelsItsWay(holder),
    )
  );
}

function relabelsItsWay(holder: Value): boolean {
  return ['relabel_configs', 'metric_relabel_configs']
    .flatMap((key) => holder.get(key).items())
    .some((step) => step.has('if') || RELABEL_ACTIONS.has(step.get('action').text() ?? ''));
}

/** Whether a group of vmalert's asks another store than one of metrics: logs, Graphite. */
export function asksOther(group: Value): boolean {
  return (group.get('type').text() ?? 'prometheus') !== 'prometheus';
}

/** What the groups of a type are written in (docs.victoriametrics.com, "vmalert", "Groups"). */
const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['prometheus', 'MetricsQL'],
  ['vlogs', 'LogsQL'],
  ['graphite', 'Graphite'],
]);

/** The language of a group of vmalert's; its type where nobody knows which that has. */
export function askedIn(group: Value): string {
  const type = group.get('type').text() ?? 'prometheus';
  return LANGUAGES.get(type) ?? type;
}

function hasAny(value: Value, keys: string[]): boolean {
  return keys.some((key) => value.has(key));
}

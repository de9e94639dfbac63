import { relabel } from '../../promql/relabel.ts';
import type { Labels, RelabelRule } from '../../promql/relabel.ts';
import type { StoredSeries } from './on-target.ts';
import type { JobTarget, JobTargets } from './target.ts';

/**
 * A series as Prometheus stores it: where labels aren't honoured, a target's own go before those
 * that it exports, which are called `exported_…` then (scrape/scrape.go, `mutateSampleLabels`).
 */
export function storedAs(
  metric: string,
  exported: Labels,
  { config, intervalMs }: JobTargets,
  { labels: ofTarget }: JobTarget,
): StoredSeries | undefined {
  const honors = config['honor_labels'] === true;
  const own = Object.entries(exported).map(([name, value]): [string, string] => [
    !honors && ofTarget[name] !== undefined ? `exported_${name}` : name,
    value,
  ]);
  const rules = config['metric_relabel_configs'];
  const result = relabel(
    { ...ofTarget, ...Object.fromEntries(own), __name__: metric },
    Array.isArray(rules) ? (rules as RelabelRule[]) : [],
  );
  if ('droppedBy' in result) return undefined;
  const { __name__: name = metric, ...labels } = result.labels;
  return { metric: name, labels, everyMs: intervalMs };
}

import { surelyLacks } from '../../../promql/label-set.ts';
import type { LabelSet } from '../../../promql/label-set.ts';
import { labelsOf } from '../../../promql/labels.ts';
import type { Panel, Target } from '../../../stack/dashboards/index.ts';
import { legendParts } from '../../../stack/legend.ts';
import type { Rule } from '../../rule.ts';

export const legendLabel: Rule = {
  id: 'dashboard/legend-label-aggregated-away',
  level: 'error',
  title: 'A legend that names a label which the expression does not keep',
  why: "The name stays empty, and lines can't be told apart.",
  mend: 'Keep the label in the expression (`by (…)`), or leave it out of the legend.',
  check: ({ dashboards, metrics }, say) => {
    for (const panel of dashboards.flatMap(({ panels }) => panels)) {
      const { title, targets } = panel;
      for (const target of targets) {
        const { expression, legend } = target;
        const text = legend.text();
        if (!expression?.expr || text === undefined || !drawsLegend(panel, target)) continue;
        const labels = labelsOf(expression.expr, metrics.labelsThere);
        if (isSingleNumber(panel, labels)) continue;
        for (const part of legendParts(text).labels)
          if (part.name !== '__name__' && surelyLacks(labels, part.name))
            say(legend.within(part.from, part.to), `\`${part.name}\` is always empty here`, {
              subject: `panel "${title}"`,
            });
      }
    }
  },
};

/** Panels that show the names of their series. */
const NAMING = new Set([
  'timeseries',
  'graph',
  'barchart',
  'piechart',
  'state-timeline',
  'status-history',
  'stat',
  'gauge',
  'bargauge',
]);

/** With these the labels become columns, or the names are made anew. */
const RENAMING = new Set([
  'labelsToFields',
  'timeSeriesTable',
  'joinByLabels',
  'renameByRegex',
  'extractFields',
  'seriesToRows',
  'reduce',
]);

/**
 * Whether a panel shows what a query's legend says: a table doesn't, nor one with its legend
 * switched off.
 */
function drawsLegend(
  { type, value, fieldConfig, options, transformations }: Panel,
  target: Target,
): boolean {
  const defaults = fieldConfig.at('defaults', 'displayName');
  const isRenamed = transformations.some((id) => RENAMING.has(id));
  const isHidden =
    options.at('legend', 'showLegend').isFalse() ||
    options.at('legend', 'displayMode').text() === 'hidden' ||
    value.at('legend', 'show').isFalse() ||
    ['value', 'none'].includes(options.get('textMode').text() ?? '');
  return (
    NAMING.has(type) &&
    target.value.get('format').text() !== 'table' &&
    !isRenamed &&
    !isHidden &&
    !defaults.text()
  );
}

/**
 * A stat or gauge of one series shows its number alone: it names the series only where there are
 * several.
 */
function isSingleNumber({ type, targets, options }: Panel, labels: LabelSet): boolean {
  return (
    ['stat', 'gauge', 'singlestat'].includes(type) &&
    targets.length === 1 &&
    labels.may?.size === 0 &&
    !/name/.test(options.get('textMode').text() ?? '')
  );
}

import { formatDuration } from '../../lib/duration.ts';
import { eachExpr } from '../../promql/ast.ts';
import type { Expr } from '../../promql/ast.ts';
import { surelyLacks } from '../../promql/label-set.ts';
import type { LabelSet } from '../../promql/label-set.ts';
import { print } from '../../promql/print.ts';
import { labelsOf } from '../../promql/labels.ts';
import { COUNTER_FUNCTIONS } from '../../promql/functions.ts';
import { eachScalar } from '../../stack/source/node.ts';
import type { Rule } from '../rule.ts';
import type { Value } from '../../stack/source/value.ts';
import { inputsOf } from '../../stack/dashboards/index.ts';
import type { Dashboard, Panel, Target } from '../../stack/dashboards/index.ts';
import { variableUses } from '../../lib/grafana-variables.ts';
import { legendParts } from '../../stack/legend.ts';

/** Variables that Grafana has itself (grafana.com/docs, "Global variables"). */
const GLOBAL = /^(__\w+|timeFilter|_)$/;
/** A window of this length is meant as one: "in the last hour". */
const MEANT_MS = 30 * 60_000;
const OVER_TIME = new Set(['timeseries', 'graph', 'heatmap', 'trend', 'state-timeline']);

export const undefinedVariable: Rule = {
  id: 'dashboard/undefined-variable',
  level: 'error',
  title: 'A variable that is used and not defined',
  why: 'Grafana sends it as it is: `$job` matches nothing, and the panel stays empty.',
  mend: 'Define the variable, or correct its name.',
  check: ({ dashboards }, say) => {
    for (const dashboard of dashboards) {
      // What is asked for at the import is told once, by itself.
      const defined = new Set([...dashboard.variables.map((v) => v.name), ...inputsOf(dashboard)]);
      // What `repeat` and library panels bring isn't written here; only queries are sure to be read
      // for variables.
      const judge = (value: Value, subject: string): void => {
        for (const use of variableUses(value.text() ?? ''))
          if (!defined.has(use.name) && !GLOBAL.test(use.name) && !/^\d/.test(use.name))
            say(value.within(use.from, use.to), `the variable \`${use.name}\` is not defined`, {
              subject,
            });
      };
      for (const { query, expression } of dashboard.lookups) judge(query, expression.subject);
      for (const panel of dashboard.panels)
        for (const { value } of panel.targets) {
          for (const key of ['expr', 'query', 'legendFormat', 'interval'])
            judge(value.get(key), `panel "${panel.title}"`);
        }
    }
  },
};

export const unusedVariable: Rule = {
  id: 'dashboard/unused-variable',
  level: 'warning',
  title: 'A variable that is defined and not used',
  why: 'People choose a value at the top and believe what they see to be of that value alone.',
  mend: 'Use it in the queries, or remove it.',
  check: ({ dashboards }, say) => {
    for (const dashboard of dashboards) {
      const used = usedNames(dashboard);
      for (const { name, type, value } of dashboard.variables) {
        // Ad hoc filters and group-bys are added to every query without being named.
        if (name === '' || type === 'adhoc' || type === 'groupby' || used.has(name)) continue;
        say(value.get('name').place, `the variable \`${name}\` is used nowhere`, {
          subject: `variable ${name}`,
        });
      }
    }
  },
};

export const fixedRange: Rule = {
  id: 'dashboard/fixed-range',
  level: 'warning',
  title: 'A fixed range where `$__rate_interval` is right',
  why:
    'Zoomed out, each point looks at a few minutes and leaves out the rest: peaks come and ' +
    'go with the zoom. Zoomed in, it may hold too few samples.',
  mend: 'Write `[$__rate_interval]`: it grows with the step and always holds four scrapes.',
  check: ({ dashboards, rules }, say) => {
    // What an alert takes over the same range is drawn as the alert sees it.
    const judged = new Set(
      rules
        .filter((rule) => rule.kind === 'alert')
        .flatMap((rule) => callsIn(rule.expression.expr)),
    );
    for (const { type, title, targets } of dashboards.flatMap(({ panels }) => panels))
      if (OVER_TIME.has(type))
        for (const { expression, instant } of targets)
          if (expression?.expr && !instant)
            eachExpr(expression.expr, (part, within) => {
              const call = within.at(-1);
              if (
                part.type !== 'range' ||
                part.subquery ||
                part.rangeMs === undefined ||
                part.rangeMs >= MEANT_MS ||
                call?.type !== 'call' ||
                // What `increase` counts is meant to be of that time.
                call.name === 'increase' ||
                !COUNTER_FUNCTIONS.has(call.name) ||
                judged.has(print(call))
              )
                return;
              const place = expression.at(part.rangeAt);
              say(place, `\`${call.name}\` over a fixed ${formatDuration(part.rangeMs)}`, {
                subject: `panel "${title}"`,
                // It looks at two samples, however long the range.
                ...(call.name === 'irate' ? { level: 'advice' } : {}),
                fix: {
                  title: '[$__rate_interval]',
                  edits: [{ from: place.from, to: place.to, text: '$__rate_interval' }],
                },
              });
            });
  },
};

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
        const labels = labelsOf(expression.expr, metrics.labels);
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

export const legendSyntax: Rule = {
  id: 'dashboard/legend-syntax',
  level: 'warning',
  title: 'A legend that is not read as meant',
  why: 'Grafana fills in `{{label}}` only: anything else stands in the legend as it is written.',
  mend: "Write `{{label}}`, with two braces on both sides and a label's name between them.",
  check: ({ dashboards }, say) => {
    for (const { title, targets } of dashboards.flatMap(({ panels }) => panels))
      for (const { expression, legend } of targets)
        for (const part of expression ? legendParts(legend.text() ?? '').broken : [])
          say(
            legend.within(part.from, part.to),
            `this stands in the legend as it is: ${part.message}`,
            { subject: `panel "${title}"` },
          );
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

/** Each rate of an expression, in one normal form. */
function callsIn(expr: Expr | undefined): string[] {
  const found: string[] = [];
  if (expr)
    eachExpr(expr, (part) => {
      if (part.type === 'call' && COUNTER_FUNCTIONS.has(part.name)) found.push(print(part));
    });
  return found;
}

/** Names of variables in any text of the dashboard but their own definition's name. */
function usedNames(dashboard: Dashboard): Set<string> {
  const names = new Set<string>();
  eachScalar(dashboard.root.node, (scalar, keys) => {
    if (typeof scalar.value !== 'string') return;
    if (keys.at(-1) === 'repeat' || keys.at(-2) === 'repeat') names.add(scalar.value);
    if (scalar.value.includes('$') || scalar.value.includes('[['))
      for (const use of variableUses(scalar.value)) names.add(use.name);
    // Links carry variables in the form `var-name`.
    for (const [, name] of scalar.value.matchAll(/\bvar-(\w+)/g))
      if (name !== undefined) names.add(name);
  });
  return names;
}

import type { Rule } from '../rule.ts';
import type { Panel } from '../../stack/dashboards/index.ts';
import { GRAFANA_IMAGE, pinnedVersion } from '../../stack/pinned.ts';
import { eachExpr } from '../../promql/ast.ts';
import type { Expr } from '../../promql/ast.ts';
import { scaleOf } from '../../promql/scale.ts';

/**
 * Gone since Grafana 12 took out AngularJS (grafana.com/docs, "Angular support deprecation"): what
 * Grafana takes instead.
 */
const MIGRATED: Record<string, string> = {
  graph: 'timeseries',
  singlestat: 'stat',
  'table-old': 'table',
  'grafana-piechart-panel': 'piechart',
  'grafana-worldmap-panel': 'geomap',
  'grafana-singlestat-panel': 'stat',
};
/** Plugins that need AngularJS, and that nothing is put in the place of. */
const DEAD: Record<string, string> = {
  'natel-discrete-panel': 'state-timeline',
  'mtanda-heatmap-epoch-panel': 'heatmap',
  'agenty-flowcharting-panel': 'canvas',
};
const LAST_WITH_ANGULAR = 11;
/** A unit in a metric's name (prometheus.io/docs/practices/naming, "Base units"). */
const UNIT =
  /_(seconds|milliseconds|bytes|ratio|percent|celsius|volts|amperes|watts|joules|meters)(_|$)/;
/** They show figures, which have a unit. */
const FIGURES = new Set([
  'timeseries',
  'stat',
  'gauge',
  'bargauge',
  'barchart',
  'piechart',
  'histogram',
  'heatmap',
  'trend',
  'xychart',
]);

export const removedPanel: Rule = {
  id: 'dashboard/removed-panel-type',
  level: 'warning',
  title: 'A panel that Grafana no longer has',
  why:
    'Current Grafana puts another panel in its place at every load, by guess; what it knows ' +
    'no successor of stays empty.',
  mend: 'Open the dashboard in Grafana, look at what it made of these panels, and save that.',
  check: (stack, say) => {
    const pinned = pinnedVersion(stack, GRAFANA_IMAGE);
    // In an old Grafana these are right, and their successors may not be there yet.
    if (pinned && pinned.major <= LAST_WITH_ANGULAR) return;
    for (const { panels } of stack.dashboards) {
      const old = panels.filter(({ type }) => MIGRATED[type] !== undefined);
      const [first] = old;
      if (first)
        say(
          first.typeValue.place,
          `${old.length === 1 ? 'a panel is' : `${old.length} panels are`} of a type that is gone: ` +
            `${listed(old, MIGRATED)}`,
        );
      for (const { type, typeValue, title } of panels)
        if (DEAD[type] !== undefined)
          say(
            typeValue.place,
            `the panel type \`${type}\` is gone; \`${DEAD[type]}\` took its place`,
            { subject: `panel "${title}"`, level: 'error' },
          );
    }
  },
};

function listed(panels: Panel[], successors: Record<string, string>): string {
  return [...new Set(panels.map(({ type }) => type))]
    .map((type) => `\`${type}\` (now \`${successors[type] ?? ''}\`)`)
    .join(', ');
}

export const noUnit: Rule = {
  id: 'dashboard/no-unit',
  level: 'advice',
  title: 'A panel without a unit',
  why: 'Nobody can tell 0.8 per cent from 80, or seconds from milliseconds.',
  mend: 'Set `fieldConfig.defaults.unit` (`percentunit`, `s`, `bytes`, `reqps`; `short` or `none` for a plain count).',
  check: ({ dashboards }, say) => {
    for (const { type, value, title, targets, fieldConfig } of dashboards.flatMap(
      ({ panels }) => panels,
    )) {
      if (!FIGURES.has(type) || value.get('libraryPanel').exists) continue;
      // A plain count needs none.
      if (!targets.some(({ expression }) => expression?.expr && hasUnit(expression.expr))) continue;
      const overridden = fieldConfig
        .get('overrides')
        .items()
        .some((o) =>
          o
            .get('properties')
            .items()
            .some((p) => p.get('id').text() === 'unit'),
        );
      if (!fieldConfig.at('defaults', 'unit').text() && !overridden)
        say(
          value.get('title').exists ? value.get('title').place : value.head,
          `\`${title}\` has no unit`,
          { subject: `panel "${title}"` },
        );
    }
  },
};

/** Whether the values are anything but a count of things. */
function hasUnit(expr: Expr): boolean {
  let named = false;
  eachExpr(expr, (part, within) => {
    const counted = within.some((p) => p.type === 'aggregate' && p.op === 'count');
    if (part.type === 'selector' && UNIT.test(part.name ?? '') && !counted) named = true;
  });
  return named || scaleOf(expr) !== undefined;
}

export const duplicateId: Rule = {
  id: 'dashboard/duplicate-panel-id',
  level: 'error',
  title: 'Two panels of one id',
  why: 'Links and alerts lead to a panel by its id: they open the wrong one, and Grafana mixes up their data.',
  mend: 'Give each panel an id of its own.',
  check: ({ dashboards }, say) => {
    for (const { panels } of dashboards) {
      const seen = new Set<string>();
      for (const { value, title } of panels) {
        const id = value.get('id').text();
        if (id !== undefined && seen.has(id))
          say(value.get('id').place, `another panel has the id ${id}`, {
            subject: `panel "${title}"`,
          });
        if (id !== undefined) seen.add(id);
      }
    }
  },
};

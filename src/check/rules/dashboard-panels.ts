import type { Rule } from '../rule.ts';
import { drawnPanels } from '../../stack/dashboards.ts';
import type { Panel } from '../../stack/dashboards.ts';
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
          first.value.get('type').place,
          `${old.length === 1 ? 'a panel is' : `${old.length} panels are`} of a type that is gone: ` +
            `${listed(old, MIGRATED)}`,
        );
      for (const { type, value, title } of panels)
        if (DEAD[type] !== undefined)
          say(
            value.get('type').place,
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
    for (const { type, value, title, targets, fieldConfig } of dashboards.flatMap(drawnPanels)) {
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

export const overlapping: Rule = {
  id: 'dashboard/overlapping-panels',
  level: 'warning',
  title: 'Panels that overlap',
  why: 'Grafana moves one of them at every load, and the dashboard never looks as it was made.',
  mend: 'Correct `gridPos`: 24 columns, `x + w` at most 24, no two panels on one place.',
  check: ({ dashboards }, say) => {
    for (const dashboard of dashboards)
      for (const group of [
        dashboard.panels.filter((p) => !dashboard.panels.some((row) => row.panels.includes(p))),
        ...dashboard.panels.map((p) => p.panels),
      ]) {
        const placed = group
          .flatMap((panel) => {
            const [x, y, w, h] = ['x', 'y', 'w', 'h'].map((key) =>
              panel.value.get('gridPos').get(key).number(),
            );
            return x === undefined || y === undefined || w === undefined || h === undefined
              ? []
              : [{ panel, x, y, w, h }];
          })
          .sort((a, b) => a.y - b.y);
        placed.forEach((a, i) => {
          const place = a.panel.value.get('gridPos').place;
          const subject = `panel "${a.panel.title}"`;
          if (a.x + a.w > 24) say(place, `it reaches to column ${a.x + a.w} of 24`, { subject });
          for (let j = i - 1; j >= 0; j--) {
            const b = placed[j];
            if (b && b.y + b.h > a.y && a.x < b.x + b.w && b.x < a.x + a.w) {
              say(place, `it overlaps with \`${b.panel.title}\``, { subject });
              break;
            }
          }
        });
      }
  },
};

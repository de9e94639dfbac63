import type { Panel } from '../../../stack/dashboards/index.ts';
import { GRAFANA_IMAGE, pinnedVersion } from '../../../stack/pinned.ts';
import type { Rule } from '../../rule.ts';

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

import type { DashboardPlan } from '../../../model/dashboard-plan.ts';
import type { GrafanaDashboard } from '../../../model/grafana-evidence.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { NO_ANSWER, bad, errorOf, good, open } from './context.ts';
import type { GrafanaContext, Subject } from './context.ts';

const SHOWN = 3;

/**
 * Each dashboard was taken in as its file has it: by its uid, at its title, with its panels and
 * their queries.
 */
export function hasDashboards({ plan, grafana }: GrafanaContext): Verdict[] {
  return plan.dashboards.map((wanted): Verdict => {
    const subject: Subject<'grafana-has'> = {
      name: `dashboard ${wanted.title}`,
      kind: 'grafana-has',
      source: wanted.source,
    };
    const found = grafana.dashboards[wanted.uid];
    if (found === undefined)
      return open(subject, errorOf(grafana, `dashboard ${wanted.title}`), NO_ANSWER);
    if (found === null)
      return bad(subject, 'grafana-dashboard-missing', {
        title: `Grafana has no dashboard ${wanted.title}`,
        expected: `a dashboard with the uid ${wanted.uid}`,
        seen: 'none',
        likelyCause:
          'No provider of grafana/provisioning/dashboards/ reads the folder that it is in, or ' +
          'Grafana refuses the file: logs/grafana.log says why. Two files with one title in one ' +
          'folder, or one uid twice, are refused both.',
      });
    const differs = differences(wanted, found);
    if (differs.length === 0)
      return good(
        subject,
        `${found.panels.length} panels${found.folder === '' ? '' : `, in the folder ${found.folder}`}`,
      );
    return bad(subject, 'grafana-dashboard-differs', {
      title: `Grafana has another ${wanted.title} than the file`,
      expected: `provisioned, with the title ${wanted.title} and the ${wanted.panels.length} panels of the file`,
      seen: [
        ...differs.slice(0, SHOWN),
        ...(differs.length > SHOWN ? [`${differs.length - SHOWN} more`] : []),
      ].join('; '),
      likelyCause:
        'Another file has the same uid, or the dashboard was stored in Grafana before it was provisioned.',
    });
  });
}

function differences(wanted: DashboardPlan, found: GrafanaDashboard): string[] {
  const strangers = found.panels
    .filter((panel) => !wanted.panels.some(({ id }) => id === panel.id))
    .map((panel) => `a panel ${panel.title} that isn't in the file`);
  const panels = wanted.panels.flatMap((panel): string[] => {
    const own = found.panels.find(({ id }) => id === panel.id);
    if (!own) return [`no panel ${panel.title}`];
    const queries = Object.entries(panel.queries)
      .filter(([refId, expr]) => own.queries[refId] !== expr)
      .map(([refId]) => `another query ${refId} in ${panel.title}`);
    return [
      ...(own.title === panel.title ? [] : [`${own.title} in place of ${panel.title}`]),
      ...queries,
    ];
  });
  return [
    ...(found.provisioned ? [] : ['not provisioned']),
    ...(found.title === wanted.title ? [] : [`the title ${found.title}`]),
    ...panels,
    ...strangers,
  ];
}

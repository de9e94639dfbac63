import type { DashboardPlan } from '../../../model/dashboard-plan.ts';
import type { DashboardLook } from '../../../model/grafana-evidence.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { bad, errorOf, good, open } from './context.ts';
import type { GrafanaContext, Subject } from './context.ts';

/** Opened in a browser, each dashboard draws every panel, with data and without an error badge. */
export function looksRight({ plan, grafana }: GrafanaContext): Verdict[] {
  const { looks } = grafana;
  if (!looks) return [];
  return plan.dashboards.map((wanted): Verdict => {
    const subject: Subject<'browser-shows'> = {
      name: `dashboard ${wanted.title}`,
      kind: 'browser-shows',
      source: wanted.source,
    };
    const look = looks[wanted.uid];
    if (!look || look.problem !== null)
      return open(
        subject,
        look?.problem ?? errorOf(grafana, 'browser'),
        `Grafana or the browser was too slow${look?.picture ? `; as far as it got: ${look.picture}` : ''}.`,
      );
    return judged(subject, wanted, look, mayBeEmpty(plan, wanted.title));
  });
}

function judged(
  subject: Subject<'browser-shows'>,
  wanted: DashboardPlan,
  look: DashboardLook,
  exempt: Set<string>,
): Verdict {
  const see = look.picture === null ? '' : ` (${look.picture})`;
  if (look.errors.length > 0)
    return bad(subject, 'grafana-panel-error', {
      title: `${wanted.title} shows an error badge`,
      expected: 'no error badge on any panel',
      seen: `${look.errors.join(', ')}${see}`,
      likelyCause:
        'A query of the panel is refused, or its visualisation is one that this Grafana does not have.',
    });
  const thrown = look.thrown ?? [];
  if (thrown.length > 0)
    return bad(subject, 'grafana-panel-error', {
      title: `the page of ${wanted.title} has thrown an error`,
      expected: 'no error of the page itself',
      seen: `${thrown.join('; ')}${see}`,
      likelyCause:
        'A panel, a plugin or a setting of the dashboard is one that this version of Grafana cannot draw.',
    });
  const empty = look.empty.filter((title) => !exempt.has(title));
  if (empty.length > 0)
    return bad(subject, 'grafana-panel-no-data', {
      title: `${wanted.title} has panels without data`,
      expected: 'data in every panel, but for those of which the contract says why not',
      seen: `${empty.join(', ')}${see}`,
      likelyCause:
        'A variable has no value in the browser, a transformation leaves nothing over, or the ' +
        'panel wants another form of answer than its query gives.',
    });
  const blank = look.blank ?? [];
  if (blank.length > 0)
    return bad(subject, 'grafana-panel-no-data', {
      title: `${wanted.title} has panels that draw nothing`,
      expected: 'a drawing, a table or a value in every panel',
      seen: `blank: ${blank.join(', ')}${see}`,
      likelyCause:
        'A setting of the panel is one that this version of Grafana does not know: its ' +
        'visualisation fails, without a badge.',
    });
  const missing = wanted.panels
    .filter(({ title }) => title !== '' && !look.panels.includes(title))
    .map(({ title }) => title);
  if (missing.length > 0)
    return bad(subject, 'grafana-panel-no-data', {
      title: `${wanted.title} leaves panels out`,
      expected: `${wanted.panels.length} panels`,
      seen: `not drawn: ${missing.join(', ')}${see}`,
      likelyCause:
        'They stand in a row that is collapsed, or repeat for a variable without values.',
    });
  return good(subject, `${look.panels.length} panels${see}`);
}

/** Titles of the panels of which the contract says why they have no data. */
function mayBeEmpty(plan: GrafanaContext['plan'], dashboard: string): Set<string> {
  return new Set(
    plan.panels
      .filter((panel) => panel.dashboard === dashboard && panel.promised?.empty)
      .map((panel) => panel.title),
  );
}

import type { DashboardPlan } from '../../../model/dashboard-plan.ts';
import type { DashboardLook } from '../../../model/grafana-evidence.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { bad, errorOf, good, open } from './context.ts';
import type { GrafanaContext, Subject } from './context.ts';
import { LOOK_FAULTS } from './look-faults.ts';

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

/** The first fault that the look shows. */
function judged(
  subject: Subject<'browser-shows'>,
  wanted: DashboardPlan,
  look: DashboardLook,
  exempt: ReadonlySet<string>,
): Verdict {
  const see = look.picture === null ? '' : ` (${look.picture})`;
  for (const { shown, finding, title, expected, seen, likelyCause } of LOOK_FAULTS) {
    const which = shown(look, wanted, exempt);
    if (which.length > 0)
      return bad(subject, finding, {
        title: title(wanted.title),
        expected: expected(wanted),
        seen: `${seen(which)}${see}`,
        likelyCause,
      });
  }
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

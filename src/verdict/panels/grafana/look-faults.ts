import type { DashboardPlan } from '../../../model/dashboard-plan.ts';
import type { DashboardLook } from '../../../model/grafana-evidence.ts';

/** Something that may be wrong with a dashboard that is looked at, and what it is called. */
interface LookFault {
  finding: 'grafana-panel-error' | 'grafana-panel-no-data';
  /**
   * What of the dashboard has it: titles of panels, or messages.
   * @param exempt titles of the panels that may be empty
   */
  shown: (look: DashboardLook, wanted: DashboardPlan, exempt: ReadonlySet<string>) => string[];
  title: (dashboard: string) => string;
  expected: (wanted: DashboardPlan) => string;
  seen: (which: string[]) => string;
  likelyCause: string;
}

const listed = (which: string[]): string => which.join(', ');

/** The more telling first: what follows from one isn't told beside it. */
export const LOOK_FAULTS: LookFault[] = [
  {
    finding: 'grafana-panel-error',
    shown: ({ errors }) => errors,
    title: (dashboard) => `${dashboard} shows an error badge`,
    expected: () => 'no error badge on any panel',
    seen: listed,
    likelyCause:
      'A query of the panel is refused, or its visualisation is one that this Grafana does not have.',
  },
  {
    finding: 'grafana-panel-error',
    shown: ({ thrown = [] }) => thrown,
    title: (dashboard) => `the page of ${dashboard} has thrown an error`,
    expected: () => 'no error of the page itself',
    seen: (which) => which.join('; '),
    likelyCause:
      'A panel, a plugin or a setting of the dashboard is one that this version of Grafana cannot draw.',
  },
  {
    finding: 'grafana-panel-no-data',
    shown: ({ empty }, _, exempt) => empty.filter((title) => !exempt.has(title)),
    title: (dashboard) => `${dashboard} has panels without data`,
    expected: () => 'data in every panel, but for those of which the contract says why not',
    seen: listed,
    likelyCause:
      'A variable has no value in the browser, a transformation leaves nothing over, or the ' +
      'panel wants another form of answer than its query gives.',
  },
  {
    finding: 'grafana-panel-no-data',
    shown: ({ blank = [] }) => blank,
    title: (dashboard) => `${dashboard} has panels that draw nothing`,
    expected: () => 'a drawing, a table or a value in every panel',
    seen: (which) => `blank: ${listed(which)}`,
    likelyCause:
      'A setting of the panel is one that this version of Grafana does not know: its ' +
      'visualisation fails, without a badge.',
  },
  {
    finding: 'grafana-panel-no-data',
    shown: ({ panels }, wanted) =>
      wanted.panels.map(({ title }) => title).filter((one) => one !== '' && !panels.includes(one)),
    title: (dashboard) => `${dashboard} leaves panels out`,
    expected: ({ panels }) => `${panels.length} panels`,
    seen: (which) => `not drawn: ${listed(which)}`,
    likelyCause: 'They stand in a row that is collapsed, or repeat for a variable without values.',
  },
];

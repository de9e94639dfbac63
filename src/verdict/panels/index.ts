import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { Verdict } from '../../model/verdict.ts';
import { INTERRUPTED } from '../unjudged.ts';
import { fitsUnit } from './content.ts';
import { panelContext } from './context.ts';
import { unjudgedPanel } from './verdicts.ts';
import { hasData } from './has-data.ts';
import { grafanaRulesQuiet } from './grafana-rules.ts';
import { judgeGrafana } from './grafana/index.ts';
import { Known } from './known.ts';
import { namedByLegend } from './legend.ts';
import { showsTruth } from './shows.ts';

export { comparisonsOf } from './comparisons.ts';

/**
 * Judges every panel of every dashboard: it has data, can be read, and shows what was really done.
 */
export function judgePanels(plan: Plan, evidence: Evidence): Verdict[] {
  const contexts = plan.panels.map((panel) => panelContext(plan, evidence, panel));
  const { t0 } = evidence;
  if (t0 === null || evidence.interruption)
    return contexts.map((c) =>
      unjudgedPanel(c, null, evidence.interruption?.detail ?? 'the run never began', INTERRUPTED),
    );
  const known = new Known(plan, evidence, t0);
  return [
    ...contexts.flatMap((c) => [
      ...hasData(c),
      ...namedByLegend(c),
      ...fitsUnit(c),
      ...showsTruth(c, known),
    ]),
    ...grafanaRulesQuiet(plan, evidence),
    ...judgeGrafana(plan, evidence),
  ];
}

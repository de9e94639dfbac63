import type { Evidence } from '../../../model/evidence.ts';
import type { Plan } from '../../../model/plan.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { evaluatesRules } from './alerts.ts';
import { answersPanels } from './answers.ts';
import type { GrafanaContext } from './context.ts';
import { hasDashboards } from './dashboards.ts';
import { looksRight } from './looks.ts';
import { isHealthy } from './health.ts';
import { reachesDataSources } from './sources.ts';

/**
 * Judges Grafana itself, where it was there: what it has taken in of the files, whom it reaches,
 * what it answers and shows.
 */
export function judgeGrafana(plan: Plan, evidence: Evidence): Verdict[] {
  const { grafana } = evidence;
  if (!grafana) return [];
  const c: GrafanaContext = { plan, evidence, grafana };
  // One that was gone before it could be asked is one finding, not one for each question.
  if (grafana.ended !== undefined && !grafana.health) return [isHealthy(c)];
  return [
    isHealthy(c),
    ...reachesDataSources(c),
    ...hasDashboards(c),
    ...looksRight(c),
    ...answersPanels(c),
    ...evaluatesRules(c),
  ];
}

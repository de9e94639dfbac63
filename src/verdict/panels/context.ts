import type { Evidence, PanelAnswer } from '../../model/evidence.ts';
import type { Series } from '../../model/series.ts';
import type { PanelPlan, PanelQuery } from '../../model/dashboard-plan.ts';
import type { Plan } from '../../model/plan.ts';

/** A panel's query with what was answered. */
export interface Answered {
  query: PanelQuery;
  answer: PanelAnswer;
  series: Series[];
}

/** Everything the judgement of one panel needs. */
export interface PanelContext {
  plan: Plan;
  evidence: Evidence;
  panel: PanelPlan;
  answered: Answered[];
}

/** The queries of a panel that were answered, in its order; those that weren't have no series. */
export function panelContext(plan: Plan, evidence: Evidence, panel: PanelPlan): PanelContext {
  const error = 'it was never asked';
  const none: PanelAnswer = { query: '', askedAt: null, series: null, error, choices: [] };
  return {
    plan,
    evidence,
    panel,
    answered: panel.queries.map((query) => {
      const answer = evidence.panels[`${panel.id} ${query.refId}`] ?? none;
      return { query, answer, series: answer.series ?? [] };
    }),
  };
}

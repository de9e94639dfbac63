import type { Evidence, PanelAnswer, Series } from '../../model/evidence.ts';
import type { PanelPlan, PanelQuery } from '../../model/plan.ts';
import type { Finding, FindingId, Verdict } from '../../model/verdict.ts';

/** A panel's query with what was answered. */
export interface Answered {
  query: PanelQuery;
  answer: PanelAnswer;
  series: Series[];
}

/** Everything the judgement of one panel needs. */
export interface PanelContext {
  panel: PanelPlan;
  answered: Answered[];
}

/** The queries of a panel that were answered, in its order; those that weren't have no series. */
export function panelContext(panel: PanelPlan, evidence: Evidence): PanelContext {
  const none: PanelAnswer = { query: '', series: null, error: 'it was never asked', choices: [] };
  return {
    panel,
    answered: panel.queries.map((query) => {
      const answer = evidence.panels[`${panel.id} ${query.refId}`] ?? none;
      return { query, answer, series: answer.series ?? [] };
    }),
  };
}

/** A panel's verdict that passed. */
export function passed(c: PanelContext, expectation: string, measured: string): Verdict {
  return {
    about: 'panel',
    subject: c.panel.dashboard,
    track: c.panel.id,
    expectation,
    outcome: 'pass',
    measured,
  };
}

/** A panel's verdict that failed; it points at the query, or at the panel. */
export function failed(
  c: PanelContext,
  expectation: string,
  id: FindingId,
  finding: Omit<Finding, 'id' | 'source' | 'query'>,
  at?: Answered,
): Verdict {
  return {
    about: 'panel',
    subject: c.panel.dashboard,
    track: c.panel.id,
    expectation,
    outcome: 'fail',
    finding: {
      id,
      source: at?.query.source ?? c.panel.source,
      query: at?.query.expr ?? null,
      ...finding,
    },
  };
}

/** A panel's verdict that couldn't be reached. */
export function unjudgedPanel(
  c: PanelContext,
  expectation: string,
  why: string,
  cause: string,
): Verdict {
  return {
    ...failed(c, expectation, 'could-not-judge', {
      title: `${c.panel.id} could not be judged`,
      expected: expectation,
      seen: why,
      likelyCause: cause,
    }),
    outcome: 'inconclusive',
  };
}

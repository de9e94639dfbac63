import type { GrafanaAnswer, GrafanaEvidence } from '../../../model/grafana-evidence.ts';
import type { PanelPlan, PanelQuery } from '../../../model/dashboard-plan.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { panelContext } from '../context.ts';
import { failed, passed, unjudgedPanel } from '../verdicts.ts';
import type { Answered, PanelContext } from '../context.ts';
import { NO_ANSWER, errorOf } from './context.ts';
import type { GrafanaContext } from './context.ts';
import { firstDifference } from './difference.ts';

const EXPECTATION = { kind: 'grafana-answers', phase: null } as const;

/**
 * Each query of each panel is answered through Grafana, with the values that Prometheus itself has
 * at the same times.
 */
export function answersPanels({ plan, grafana, evidence }: GrafanaContext): Verdict[] {
  return plan.panels.flatMap((panel): Verdict[] => {
    const c = panelContext(plan, evidence, panel);
    const asked = c.answered.filter(({ query }) => query.problem === null);
    // That a data source gave no answer is told once, of the data source.
    if (asked.length === 0 || asked.some((at) => answerOf(grafana, panel, at.query)?.silent))
      return [];
    for (const at of asked) {
      const fault = faultOf(c, at, grafana);
      if (fault) return [fault];
    }
    const values = asked.reduce(
      (sum, { query }) => sum + valuesIn(answerOf(grafana, panel, query)),
      0,
    );
    return [passed(c, EXPECTATION, `${values} values, as Prometheus has them`)];
  });
}

/** What is wrong with Grafana's answer to one query; undefined: it is Prometheus's own. */
function faultOf(c: PanelContext, at: Answered, grafana: GrafanaEvidence): Verdict | undefined {
  const { id } = c.panel;
  const answer = answerOf(grafana, c.panel, at.query);
  if (!answer) return unjudgedPanel(c, EXPECTATION, errorOf(grafana, `panel ${id}`), NO_ANSWER);
  if (answer.error !== null)
    return failed(c, EXPECTATION, 'grafana-query-fails', {
      title: `Grafana refuses a query of ${id}`,
      expected: `an answer to query ${at.query.refId} from the data source ${at.query.dataSource}`,
      seen: answer.error,
      likelyCause:
        'The panel names a data source that Grafana does not have, or one that refuses the query.',
      at,
    });
  const difference = firstDifference(at.query, answer);
  if (difference === undefined) return undefined;
  return failed(c, EXPECTATION, 'grafana-value-differs', {
    title: `Grafana shows something else in ${id} than Prometheus has`,
    expected: 'the same series with the same values as Prometheus, for the same times',
    seen: difference,
    likelyCause:
      'The data source is another Prometheus than the one that is proved here, or something ' +
      'between the two (a cache, a proxy) changes the answer.',
    at,
  });
}

function answerOf(
  { panels }: GrafanaEvidence,
  { id }: PanelPlan,
  { refId }: PanelQuery,
): GrafanaAnswer | undefined {
  return panels[`${id} ${refId}`];
}

function valuesIn(answer: GrafanaAnswer | undefined): number {
  return (answer?.series ?? []).reduce((sum, { samples }) => sum + samples.length, 0);
}

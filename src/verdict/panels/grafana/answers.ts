import type { Series } from '../../../model/evidence.ts';
import type { GrafanaAnswer } from '../../../model/grafana-evidence.ts';
import type { PanelPlan, PanelQuery } from '../../../model/dashboard-plan.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { failed, panelContext, passed, unjudgedPanel } from '../context.ts';
import { NO_ANSWER, errorOf } from './context.ts';
import type { GrafanaContext } from './context.ts';

/**
 * Both print a double and read it again; nothing else may lie between the two answers: of a value,
 * and around 0.
 */
const ROUNDING = 1e-9;
const NOTHING = 1e-12;
const EXPECTATION = { kind: 'grafana-answers', phase: null } as const;

/**
 * Each query of each panel is answered through Grafana, with the values that Prometheus itself has
 * at the same times.
 */
export function answersPanels({ plan, grafana, evidence }: GrafanaContext): Verdict[] {
  return plan.panels.flatMap((panel): Verdict[] => {
    const c = panelContext(panel, evidence);
    const asked = c.answered.filter(({ query }) => query.problem === null);
    if (asked.length === 0 || asked.some((at) => isSilent(grafana, panel, at.query))) return [];
    for (const at of asked) {
      const answer = grafana.panels[`${panel.id} ${at.query.refId}`];
      if (!answer)
        return [unjudgedPanel(c, EXPECTATION, errorOf(grafana, `panel ${panel.id}`), NO_ANSWER)];
      if (answer.error !== null)
        return [
          failed(
            c,
            EXPECTATION,
            'grafana-query-fails',
            {
              title: `Grafana refuses a query of ${panel.id}`,
              expected: `an answer to query ${at.query.refId} from the data source ${at.query.dataSource}`,
              seen: answer.error,
              likelyCause:
                'The panel names a data source that Grafana does not have, or one that refuses the query.',
            },
            at,
          ),
        ];
      const difference = firstDifference(at.query, answer);
      if (difference !== undefined)
        return [
          failed(
            c,
            EXPECTATION,
            'grafana-value-differs',
            {
              title: `Grafana shows something else in ${panel.id} than Prometheus has`,
              expected: 'the same series with the same values as Prometheus, for the same times',
              seen: difference,
              likelyCause:
                'The data source is another Prometheus than the one that is proved here, or something ' +
                'between the two (a cache, a proxy) changes the answer.',
            },
            at,
          ),
        ];
    }
    const values = asked.reduce(
      (sum, { query }) =>
        sum +
        (grafana.panels[`${panel.id} ${query.refId}`]?.series ?? []).reduce(
          (n, { samples }) => n + samples.length,
          0,
        ),
      0,
    );
    return [passed(c, EXPECTATION, `${values} values, as Prometheus has them`)];
  });
}

/** Whether the query's data source gave no answer: that is told once, of the data source. */
function isSilent(
  { panels }: GrafanaContext['grafana'],
  { id }: PanelPlan,
  { refId }: PanelQuery,
): boolean {
  return panels[`${id} ${refId}`]?.silent === true;
}

/** Where the two answers part, in words; undefined when they are the same. */
function firstDifference(
  query: PanelQuery,
  { series, prometheus }: GrafanaAnswer,
): string | undefined {
  const [grafanas, own] = [bySeries(series ?? []), bySeries(prometheus ?? [])];
  for (const name of own.keys())
    if (!grafanas.has(name)) return `query ${query.refId}: Grafana has no series ${name}`;
  for (const [name, values] of grafanas) {
    const others = own.get(name);
    if (!others) return `query ${query.refId}: Prometheus has no series ${name}`;
    for (const at of [...new Set([...values.keys(), ...others.keys()])].sort((a, b) => a - b)) {
      const [one, other] = [values.get(at), others.get(at)];
      if (one === undefined || other === undefined || !isSame(one, other))
        return (
          `query ${query.refId}, ${name} at ${new Date(at).toISOString()}: ${text(one)} in ` +
          `Grafana, ${text(other)} in Prometheus`
        );
    }
  }
  return undefined;
}

/** Values by time, by the series' labels in one order. */
function bySeries(series: Series[]): Map<string, Map<number, number>> {
  return new Map(
    series.map(({ labels, samples }) => [
      JSON.stringify(
        Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))),
      ),
      new Map(samples),
    ]),
  );
}

function isSame(one: number, other: number): boolean {
  return (
    Object.is(one, other) ||
    one === other ||
    Math.abs(one - other) <= Math.max(NOTHING, ROUNDING * Math.max(Math.abs(one), Math.abs(other)))
  );
}

function text(value: number | undefined): string {
  return value === undefined ? 'nothing' : String(value);
}

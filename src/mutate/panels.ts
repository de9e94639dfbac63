import type { Evidence } from '../model/evidence.ts';
import type { Mutant } from '../model/mutation.ts';
import type { PanelPlan } from '../model/dashboard-plan.ts';
import type { Plan } from '../model/plan.ts';
import { mutateExpr } from './expression/index.ts';
import { inStackTime } from './stack-time.ts';

/** A panel that asks something else. */
export interface PanelMutant extends Mutant {
  kind: 'dashboard';
  panel: PanelPlan;
  refId: string;
  /** What is asked then, in the run's own time, variables filled in; null: nothing. */
  query: string | null;
  /** What is asked and what is asked then, in the stack's own time; null: nothing. */
  written: { was: string; becomes: string | null };
}

/**
 * Mistakes in a panel's queries, done to what a run asked.
 * @param speedUp a query as a world as fast as the run's asks it
 */
export function panelMutants(
  plan: Plan,
  evidence: Evidence,
  speedUp: (expr: string) => string,
): PanelMutant[] {
  return plan.panels.flatMap((panel, i) =>
    panel.queries.flatMap((asked) => {
      const answer = evidence.panels[keyOf(panel, asked.refId)];
      if (!answer?.series) return [];
      const written = inStackTime(answer.query, plan.speed);
      const other = [...plan.panels.slice(i + 1), ...plan.panels.slice(0, i)].find(
        (one) => one.dashboard === panel.dashboard && one.title !== panel.title,
      );
      const foreign = other && evidence.panels[keyOf(other, other.queries[0]?.refId ?? '')];
      const of = (
        operator: string,
        query: string | null,
        was: string,
        becomes: string,
        expr: string | null = becomes,
      ): PanelMutant => ({
        id: ['dashboard', panel.id, asked.refId, operator, query ?? ''].join('/'),
        kind: 'dashboard',
        operator,
        subject: `panel ${panel.dashboard} / ${panel.title}`,
        at: { ...asked.source, endLine: asked.source.line, endColumn: asked.source.column + 1 },
        was,
        becomes,
        changes: undefined,
        panel,
        refId: asked.refId,
        query,
        written: { was: written, becomes: expr },
      });
      return [
        ...mutateExpr(written).map(({ operator, expr, edit }) =>
          of(operator, speedUp(expr), written.slice(edit.from, edit.to), edit.text, expr),
        ),
        of('constant-query', 'vector(42)', written, 'vector(42)'),
        of('query-hidden', null, written, '', null),
        ...(foreign && foreign.query !== answer.query
          ? [
              of(
                'query-of-another-panel',
                foreign.query,
                written,
                inStackTime(foreign.query, plan.speed),
              ),
            ]
          : []),
      ];
    }),
  );
}

/** As the evidence names a panel's query. */
export function keyOf({ id }: PanelPlan, refId: string): string {
  return `${id} ${refId}`;
}

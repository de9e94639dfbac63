import type { LiveFinding } from '../../model/attach.ts';
import type { Expr } from '../../promql/ast.ts';
import { parseExpr } from '../../promql/parse.ts';
import type { Dashboard } from '../../stack/dashboards/index.ts';
import { askedQuery } from '../../stack/panel-query.ts';
import { placeText } from '../../stack/place-text.ts';
import { live } from '../finding.ts';

/** One query of a panel that can be asked. */
export interface PanelQuery {
  dashboard: string;
  panel: string;
  where: string;
  query: string;
  expr: Expr;
}

/**
 * Every query of every panel, with the variables that are chosen when the dashboard opens.
 * @returns `unclear`: queries in which a variable has no value that can be known from here
 */
export function panelQueries(
  dashboards: Dashboard[],
  scrapeIntervalMs: number,
): { queries: PanelQuery[]; unclear: string[] } {
  const unclear: string[] = [];
  const queries = dashboards.flatMap((dashboard) =>
    dashboard.panels.flatMap((panel) =>
      panel.targets.flatMap((target): PanelQuery[] => {
        if (!target.expression) return [];
        const query = askedQuery(target.expression.text, dashboard, scrapeIntervalMs);
        const parsed = query === undefined ? undefined : parseExpr(query);
        if (query !== undefined && parsed && 'expr' in parsed)
          return [
            {
              dashboard: dashboard.title,
              panel: panel.title,
              where: placeText(target.expression.value.place),
              query,
              expr: parsed.expr,
            },
          ];
        unclear.push(nameOf({ dashboard: dashboard.title, panel: panel.title }));
        return [];
      }),
    ),
  );
  return { queries, unclear };
}

/** A panel's query that gave nothing, or failed. */
export function panelFinding(query: PanelQuery, seen: { error: string } | 'empty'): LiveFinding {
  const about = { subject: nameOf(query), where: query.where };
  return seen === 'empty'
    ? live('panelNoData', { ...about, title: `\`${query.query}\` has no data` })
    : live('panelFails', { ...about, title: `\`${query.query}\` fails: ${seen.error}` });
}

/** A panel, as people find it. */
export function nameOf({ dashboard, panel }: Pick<PanelQuery, 'dashboard' | 'panel'>): string {
  return `${dashboard} / ${panel}`;
}

import type { PanelPlan } from '../../../model/dashboard-plan.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { count } from '../../text.ts';
import { verdictsOf } from '../../verdicts-about.ts';
import { mark, verdictTable, worstOf } from '../marks.ts';
import { anchor, html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { shortened } from '../thin.ts';
import { formatValue } from '../units.ts';
import { chartData } from './chart.ts';
import { curvesOf } from './curves.ts';
import type { Curves } from './curves.ts';
import type { Look } from './look.ts';
import { legendRow, legendTable, pie, stat, stateTimeline, truthText } from './pictures.ts';

/** A panel with its picture, what was expected of it, and its queries. */
export function panelFigure(page: Page, panel: PanelPlan, look: Look | undefined): Markup {
  if (!look) return html``;
  const { input } = page;
  const verdicts = verdictsOf(input.judgement.verdicts, panel.id);
  const curves = curvesOf(input, panel);
  const outcome = worstOf(verdicts);
  const id = anchor('panel', panel.id);
  const errors = panel.queries.flatMap(
    (q) => input.evidence.panels[`${panel.id} ${q.refId}`]?.error ?? [],
  );
  return html`<article class="panel w${look.width}" data-row data-outcome="${outcome}" id="${id}">
    <h4>${mark(outcome)} ${panel.title}</h4>
    ${
      errors.length > 0
        ? html`<p class="nothing">${errors.map((error) => shortened(error, 500)).join('; ')}</p>`
        : picture(page, panel, look, curves)
    }
    ${
      curves.leftOut > 0 &&
      html`<p class="note">${count(curves.leftOut, 'more curve')} not drawn.</p>`
    }
    ${detailsOf(panel, verdicts)}
  </article>`;
}

function detailsOf(panel: PanelPlan, verdicts: Verdict[]): Markup {
  const { title, queries, promised } = panel;
  return html`<details>
      <summary>
        ${
          verdicts.length === 0
            ? 'not judged'
            : `${count(verdicts.length, 'expectation')}, ` +
              `${count(queries.length, 'query', 'queries')}`
        }
      </summary>
      ${verdictTable(verdicts, `Expectations of ${title}`)}
      <dl>
        ${queries.map(
          (q) =>
            html`<dt>query ${q.refId}${q.shows !== null && html`, shows ${q.shows}`}</dt>
              <dd><code>${q.expr}</code></dd>`,
        )}
        ${
          promised?.unproved &&
          html`<dt>not compared with the truth</dt><dd>${promised.unproved}</dd>`
        }
        ${promised?.empty && html`<dt>may be empty</dt><dd>${promised.empty}</dd>`}
      </dl>
    </details>`;
}

function picture({ axis, charts }: Page, panel: PanelPlan, look: Look, curves: Curves): Markup {
  const { unit } = panel;
  if (curves.curves.length === 0) return html`<p class="nothing">No data</p>`;
  if (look.type === 'stat' || look.type === 'gauge') return stat(look, unit, curves);
  if (look.type === 'piechart') return pie(unit, look, curves);
  if (look.type === 'state-timeline') return stateTimeline(look, curves, axis.lengthMs / 1000);
  const id = anchor('panel', panel.id);
  charts[id] = chartData(look, unit, curves, axis);
  const words = curves.curves
    .map((c) => `${c.name} last ${formatValue(c.last, unit, look.decimals)}`)
    .join(', ');
  const rows = curves.curves.map((c, i) =>
    legendRow(i, c.name, [
      formatValue(c.last, unit, look.decimals),
      formatValue(c.max, unit, look.decimals),
      truthText(c, unit, look),
    ]),
  );
  return html`<div class="chart" data-chart="${id}" role="img" aria-label="${panel.title}: ${words}"></div>
    <div class="scroll" tabindex="0" role="region" aria-label="Legend of ${panel.id}">
      ${legendTable(`Curves of ${panel.title}`, ['curve', 'last', 'max', 'truth'], rows)}
    </div>`;
}

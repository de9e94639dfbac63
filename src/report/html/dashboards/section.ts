import { groupBy } from '../../../lib/group-by.ts';
import { titleOf } from '../../../model/expectation-kinds.ts';
import { subjectId, subjectName } from '../../../model/expectation.ts';
import type { PanelPlan } from '../../../model/dashboard-plan.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { count } from '../../text.ts';
import { verdictsAbout, verdictsOf } from '../../verdicts-about.ts';
import type { HtmlInput } from '../input.ts';
import { mark, verdictTable, worstOf } from '../marks.ts';
import { anchor, html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { shortened } from '../thin.ts';
import type { TimeAxis } from '../time.ts';
import { formatValue } from '../units.ts';
import { chartData } from './chart.ts';
import type { ChartData } from './chart.ts';
import { curvesOf } from './curves.ts';
import type { Curves } from './curves.ts';
import { looksOf } from './look.ts';
import type { Look } from './look.ts';
import { legendRow, legendTable, pie, stat, stateTimeline, truthText } from './pictures.ts';

/**
 * Every dashboard with its panels drawn from what Prometheus answered.
 * @param charts gets the data of the graphs that the page's script draws, by their ids
 */
export function dashboardsSection(
  input: HtmlInput,
  axis: TimeAxis,
  charts: Record<string, ChartData>,
): Markup {
  const looks = looksOf(input.plan);
  const boards = [...new Set(input.plan.panels.map((p) => p.dashboard))].map((name) => {
    const panels = input.plan.panels.filter((p) => p.dashboard === name);
    const own = verdictsAbout(input.judgement, 'panel').filter(
      (v) => subjectName(v.expectation.subject) === name,
    );
    return html`<section class="board" aria-labelledby="${anchor('board', name)}">
      <h3 id="${anchor('board', name)}">${mark(worstOf(own))} ${name}</h3>
      <div class="grid">
        ${panels.map((panel) => panelFigure(input, axis, panel, looks.get(panel.id), charts))}
      </div>
    </section>`;
  });
  return html`<section id="dashboards" aria-labelledby="dashboards-title">
    <h2 id="dashboards-title">Dashboards</h2>
    <p class="lead">
      Each panel as Prometheus answered its queries in this run. Dashed, with a tinted band: what
      the truth allows, as far as it is known from outside of the stack. The time below the graphs
      is the run's.
    </p>
    ${
      boards.length > 0
        ? boards
        : html`<p class="nothing">${
            input.plan.selection === null ? 'This stack has no dashboards.' : 'No panel was judged.'
          }</p>`
    }
    ${otherVerdicts(input)}
  </section>`;
}

function panelFigure(
  input: HtmlInput,
  axis: TimeAxis,
  panel: PanelPlan,
  look: Look | undefined,
  charts: Record<string, ChartData>,
): Markup {
  if (!look) return html``;
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
        : picture(axis, panel, look, curves, id, charts)
    }
    ${
      curves.leftOut > 0 &&
      html`<p class="note">${count(curves.leftOut, 'more curve')} not drawn.</p>`
    }
    <details>
      <summary>
        ${
          verdicts.length === 0
            ? 'not judged'
            : `${count(verdicts.length, 'expectation')}, ` +
              `${count(panel.queries.length, 'query', 'queries')}`
        }
      </summary>
      ${verdictTable(verdicts, `Expectations of ${panel.title}`)}
      <dl>
        ${panel.queries.map(
          (q) =>
            html`<dt>query ${q.refId}${q.shows !== null && html`, shows ${q.shows}`}</dt>
              <dd><code>${q.expr}</code></dd>`,
        )}
        ${
          panel.promised?.unproved &&
          html`<dt>not compared with the truth</dt><dd>${panel.promised.unproved}</dd>`
        }
        ${panel.promised?.empty && html`<dt>may be empty</dt><dd>${panel.promised.empty}</dd>`}
      </dl>
    </details>
  </article>`;
}

function picture(
  axis: TimeAxis,
  panel: PanelPlan,
  look: Look,
  curves: Curves,
  id: string,
  charts: Record<string, ChartData>,
): Markup {
  const { unit } = panel;
  if (curves.curves.length === 0) return html`<p class="nothing">No data</p>`;
  if (look.type === 'stat' || look.type === 'gauge') return stat(look, unit, curves);
  if (look.type === 'piechart') return pie(unit, look, curves);
  if (look.type === 'state-timeline') return stateTimeline(look, curves, axis.lengthMs / 1000);
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

/** Verdicts that belong to no panel: Grafana's own alert rules. */
function otherVerdicts(input: HtmlInput): Markup[] {
  const rest = verdictsAbout(input.judgement, 'panel').filter(
    (v) => !input.plan.panels.some((p) => p.id === subjectId(v.expectation.subject)),
  );
  const bySubject = groupBy(rest, (v) => subjectName(v.expectation.subject));
  return [...bySubject].map(([subject, own]) => {
    return html`<section class="board" aria-labelledby="${anchor('board', subject)}">
      <h3 id="${anchor('board', subject)}">${mark(worstOf(own))} ${subject}</h3>${own.map(plainRow)}
    </section>`;
  });
}

function plainRow(v: Verdict): Markup {
  const id = subjectId(v.expectation.subject);
  return html`<article class="row plain" data-row data-outcome="${v.outcome}">
    <h4>${mark(v.outcome)} ${id}</h4>
    <details>
      <summary>${titleOf(v.expectation)}</summary>${verdictTable([v], `Expectations of ${id}`)}
    </details>
  </article>`;
}

import { groupBy } from '../../../lib/group-by.ts';
import { titleOf } from '../../../model/expectation-kinds.ts';
import { subjectId, subjectName } from '../../../model/expectation.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { verdictsAbout } from '../../verdicts-about.ts';
import type { HtmlInput } from '../input.ts';
import { mark, verdictTable, worstOf } from '../marks.ts';
import { anchor, html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { looksOf } from './look.ts';
import { panelFigure } from './panel.ts';

/** Every dashboard with its panels drawn from what Prometheus answered. */
export function dashboardsSection(page: Page): Markup {
  const { input } = page;
  const looks = looksOf(input.plan);
  const boards = [...new Set(input.plan.panels.map((p) => p.dashboard))].map((name) => {
    const panels = input.plan.panels.filter((p) => p.dashboard === name);
    const own = verdictsAbout(input.judgement, 'panel').filter(
      (v) => subjectName(v.expectation.subject) === name,
    );
    return html`<section class="board" aria-labelledby="${anchor('board', name)}">
      <h3 id="${anchor('board', name)}">${mark(worstOf(own))} ${name}</h3>
      <div class="grid">
        ${panels.map((panel) => panelFigure(page, panel, looks.get(panel.id)))}
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

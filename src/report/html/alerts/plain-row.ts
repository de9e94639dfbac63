import { noticesOf } from '../../../lib/notices/index.ts';
import type { Notice } from '../../../lib/notices/notice.ts';
import type { Outcome, Verdict } from '../../../model/verdict.ts';
import { mark, verdictTable, worstOf } from '../marks.ts';
import { anchor, html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { notices } from './notices.ts';
import { grid } from './timeline.ts';
import { keptText } from './words.ts';

/**
 * The row of an alert without a life of its own: the Watchdog, or the head of several instances.
 * @param outcome of all that the row stands for
 */
export function plainRow(page: Page, name: string, own: Verdict[], outcome: Outcome): Markup {
  const { axis } = page;
  const alert = page.input.plan.alerts.find((one) => one.alert === name);
  const told = heardOf(page, name);
  return html`<article class="row" data-row data-outcome="${outcome}" id="${anchor('alert', name)}">
    <div class="name">
      <h3>${mark(outcome)} ${name}</h3><p class="facts">${alert?.severity ?? ''}</p>
    </div>
    ${
      told.length > 0 &&
      html`<svg class="life" width="100%" height="24" role="img"
        aria-label="${name} was heard ${told.length} times">
        ${grid(axis, 24)}${notices(axis, told, 12)}
      </svg>`
    }
    <details${worstOf(own) !== 'pass' && own.length > 0 && html` open`}>
      <summary>${keptText(own)}</summary>${verdictTable(own, `Expectations of ${name}`)}
    </details>
  </article>`;
}

/** What was told of the Watchdog since T0. */
function heardOf({ input, axis: { t0 } }: Page, name: string): Notice[] {
  if (input.plan.watchdog.alert !== name || t0 === null) return [];
  return noticesOf(input.evidence).filter((n) => n.alertname === name && n.receivedAt >= t0);
}

import type { AlertPlan } from '../../../model/plan.ts';
import type { Track } from '../../../model/track.ts';
import { html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { expressionFigure } from './expression.ts';

/**
 * The rule behind a life: where it stands, who must be told, and what its expression was at each
 * evaluation.
 */
export function ruleOf(page: Page, track: Track, alert: AlertPlan): Markup {
  const rule = page.input.plan.rules[track.alert];
  const told = alert.receivers.map((r) => (r.to === null ? r.name : `${r.name} (${r.to})`));
  return html`<div class="rule">
    <dl>
      ${
        rule &&
        html`<dt>rule</dt>
          <dd>
            <code class="where">${rule.file}:${rule.line}:${rule.column}</code>
            <pre tabindex="0">${rule.expr.trim()}</pre>
          </dd>`
      }
      <dt>must be told</dt>
      <dd>${told.join(', ') || 'nobody'}</dd>
    </dl>
    ${expressionFigure(page, track)}
  </div>`;
}

import type { Life } from '../input.ts';
import { count } from '../../text.ts';
import { html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { shortened } from '../thin.ts';
import { runSeconds, sinceT0 } from '../time.ts';
import type { TimeAxis } from '../time.ts';

/** Shown of one life; an alert that tells more than this has a finding. */
const MOST = 12;
const LONGEST = 1_200;

/** The notifications of a life as they arrived: what somebody who is woken reads. */
export function received(axis: TimeAxis, life: Life | undefined): Markup | false {
  const all = life?.notices ?? [];
  if (all.length === 0) return false;
  return html`<details class="received">
    <summary>${count(all.length, 'notification')} as received</summary>
    ${all.slice(0, MOST).map(
      (n) =>
        html`<p class="sent">
            ${n.kind} to ${n.delivery?.to ?? n.receiver}, ${n.status},
            at ${runSeconds(sinceT0(axis, n.receivedAt))}
          </p>
          <pre tabindex="0">
            ${shortened(n.delivery?.text.trim() ?? 'nothing arrived', LONGEST)}
          </pre>`,
    )}
    ${
      all.length > MOST && html`<p class="note">${all.length - MOST} more are in evidence.json.</p>`
    }
  </details>`;
}

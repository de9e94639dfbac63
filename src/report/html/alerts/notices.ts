import type { Notice } from '../../../lib/notices/notice.ts';
import { html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { shortened } from '../thin.ts';
import { place, runSeconds, sinceT0 } from '../time.ts';
import type { TimeAxis } from '../time.ts';

/** More marks than this on one row run into each other. */
const MOST = 300;
const KINDS: Record<string, string> = {
  slack: 'Slack',
  email: 'e-mail',
  webhook: 'webhook',
};
/** Slack and e-mail come at the same moment: one stands a little higher. */
const RAISED: Record<string, number> = { slack: -4, email: 4, webhook: 0 };

/**
 * A mark for each notice: its shape is the receiver's, filled while it fires, hollow for the end.
 */
export function notices(axis: TimeAxis, all: Notice[], y: number): Markup[] {
  const step = Math.ceil(all.length / MOST);
  return all
    .filter((_, i) => i % step === 0)
    .map((n) => {
      const at = sinceT0(axis, n.receivedAt);
      const text = n.delivery?.text.trim() ?? 'nothing arrived';
      return html`<use class="notice ${n.status}"
        href="#sign-${n.kind in KINDS ? n.kind : 'webhook'}" x="${place(axis, at)}"
        y="${y + (RAISED[n.kind] ?? 0)}">
        <title>
          ${KINDS[n.kind] ?? n.kind} (${n.delivery?.to ?? n.receiver}), ${n.status},
          ${' '}${runSeconds(at)}: ${shortened(text, 200)}
        </title>
      </use>`;
    });
}

/** The shapes, once for the whole page. */
export const SIGNS = html`<svg class="unseen" width="0" height="0" aria-hidden="true">
  <defs>
    <path id="sign-slack" d="M0 -5L5 0L0 5L-5 0Z"/>
    <circle id="sign-email" r="4.2"/>
    <path id="sign-webhook" d="M-1 -7H1V7H-1Z"/>
  </defs>
</svg>`;

const sign = (kind: string, status: string): Markup =>
  html`<svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
    <use class="notice ${status}" href="#sign-${kind}"/>
  </svg>`;

/** What the marks and bars of the rows mean. */
export const LEGEND = html`<ul class="legend" aria-label="What the marks mean">
  <li><i class="key near"></i>just below the limit</li>
  <li><i class="key blip"></i>too short an excess</li>
  <li><i class="key breach"></i>over the limit, or stopped</li>
  <li><i class="key pending"></i>pending</li>
  <li><i class="key firing"></i>firing</li>
  <li><i class="key expected"></i>expected then</li>
  <li><i class="key measured-at"></i>measured</li>
  <li>${sign('slack', 'firing')}Slack</li>
  <li>${sign('email', 'firing')}e-mail</li>
  <li>${sign('webhook', 'firing')}webhook</li>
  <li>${sign('email', 'resolved')}told of the end</li>
</ul>`;

import { html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { ownClock, place, ticks } from '../time.ts';
import type { TimeAxis } from '../time.ts';

/**
 * The labels of the axis: seconds of the run, and the stack's own minutes beneath; at real time the
 * two are the same.
 */
export function timeScale(axis: TimeAxis): Markup {
  const isSped = axis.speed !== 1;
  const labels = ticks(axis).map((ms) => {
    const middle = ms > 0 && html` text-anchor="middle"`;
    const x = place(axis, ms);
    if (!isSped) return html`<text x="${x}" y="12"${middle}>${ownClock(axis, ms)}</text>`;
    return html`<text x="${x}" y="12"${middle}>${ms / 1000} s</text>
      <text class="own" x="${x}" y="26"${middle}>${ownClock(axis, ms)}</text>`;
  });
  return html`<div class="scale" aria-hidden="true">
    <div class="name">
      ${isSped ? 'seconds of the run' : 'minutes of the run'}
      ${isSped && html`<br><span class="own">the stack's own time</span>`}
    </div>
    <svg width="100%" height="30">${labels}</svg>
  </div>`;
}

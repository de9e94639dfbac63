import type { ProofLife } from '../../model/proof-verdict.ts';
import { html } from '../html/markup.ts';
import type { Markup } from '../html/markup.ts';
import { extent, place, runSeconds } from '../html/time.ts';
import type { TimeAxis } from '../html/time.ts';

const HEIGHT = 44;
/** Top and height of what was done, and of the states below it, pixels. */
const STEPS = { y: 4, height: 10 };
const STATES = { y: 20, height: 12 };

/**
 * An alert's life on the page's time axis: what was done to its series, its states, when somebody
 * was told.
 */
export function lifeLine(life: ProofLife, axis: TimeAxis, name: string): Markup {
  const { startMs, overAtMs, calmAtMs, endMs, pending, firing, toldMs } = life;
  return html`<svg class="life" width="100%" height="${HEIGHT}" role="img"
    aria-label="${name}: over its limit from ${runSeconds(overAtMs)} to ${runSeconds(calmAtMs)}">
    ${bar('step near', 'near its limit', [startMs, overAtMs], STEPS, axis)}
    ${bar('step breach', 'over its limit', [overAtMs, calmAtMs], STEPS, axis)}
    ${bar('step', 'calm', [calmAtMs, endMs], STEPS, axis)}
    ${pending.map((stretch) => bar('state pending', 'pending', stretch, STATES, axis))}
    ${firing.map((stretch) => bar('state firing', 'firing', stretch, STATES, axis))}
    ${
      toldMs !== null &&
      html`<circle class="notice" cx="${place(axis, toldMs)}" cy="${STATES.y + STATES.height + 7}"
        r="3">
        <title>told at ${runSeconds(toldMs)}</title>
      </circle>`
    }
  </svg>`;
}

function bar(
  kind: string,
  what: string,
  [fromMs, untilMs]: [number, number],
  { y, height }: { y: number; height: number },
  axis: TimeAxis,
): Markup {
  return html`<rect class="${kind}" x="${place(axis, fromMs)}"
    width="${extent(axis, fromMs, untilMs)}" y="${y}" height="${height}" rx="2">
    <title>${what} from ${runSeconds(fromMs)} to ${runSeconds(untilMs)}</title>
  </rect>`;
}

import type { AlertPlan, Plan } from '../../../model/plan.ts';
import { html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import type { Life } from '../input.ts';
import { extent, place, runSeconds, sinceT0, ticks } from '../time.ts';
import type { TimeAxis } from '../time.ts';
import type { Lived } from './lived.ts';
import { notices } from './notices.ts';
import { provocations, stimulus } from './stimulus.ts';
import { windowsOf } from './windows.ts';
import type { ExpectedWindow } from './windows.ts';

const HEIGHT = 70;
/** Top and height of the lanes, pixels. */
const STATES = { y: 32, height: 12 };
export const NOTICES_Y = 58;

/** What a timeline shows beside the life itself. */
interface Beside {
  plan: Plan;
  alert: AlertPlan;
  /** In words, for those who can't see it. */
  described: string;
  /** When the run was interrupted, run ms. */
  cutOffMs: number | null;
}

/**
 * The life of one alert instance on the page's time axis: what was done, its states, and who was
 * told.
 */
export function timeline(lived: Lived, { plan, alert, described, cutOffMs }: Beside): Markup {
  const { axis, track, life } = lived;
  const windows = windowsOf(lived, alert);
  return html`<svg class="life" width="100%" height="${HEIGHT}" role="img"
    aria-label="${described}">
    ${grid(axis, HEIGHT)}
    ${
      cutOffMs !== null &&
      html`<line class="cut" x1="${place(axis, cutOffMs)}" x2="${place(axis, cutOffMs)}" y1="0"
          y2="${HEIGHT}"/>`
    }
    ${stimulus(lived)}
    ${provocations(axis, plan, track)}
    ${windows.map((w) => {
      const told = w.what.startsWith('told');
      return html`<rect class="window ${told ? 'told' : w.what}" x="${place(axis, w.fromMs)}"
        width="${extent(axis, w.fromMs, w.toMs)}" y="${told ? NOTICES_Y - 9 : STATES.y - 4}"
        height="${told ? 18 : STATES.height + 8}">
        <title>${w.what} expected from ${runSeconds(w.fromMs)} to ${runSeconds(w.toMs)}</title>
      </rect>`;
    })}
    ${(life?.episodes ?? []).map((episode) => states(axis, episode, alert.timing.evaluationMs))}
    ${measured(axis, windows, life, alert.timing.evaluationMs)}
    ${notices(axis, life?.notices ?? [], NOTICES_Y)}
  </svg>`;
}

/** Lines at the axis's labels. */
export function grid(axis: TimeAxis, height: number): Markup[] {
  return ticks(axis).map(
    (ms) =>
      html`<line class="grid" x1="${place(axis, ms)}" x2="${place(axis, ms)}" y1="0" y2="${height}"/>`,
  );
}

function states(
  axis: TimeAxis,
  { activeAt, firingAt, lastAt }: Life['episodes'][number],
  evaluationMs: number,
): Markup {
  const from = sinceT0(axis, activeAt);
  const until = sinceT0(axis, lastAt) + evaluationMs;
  const firing = firingAt === null ? until : sinceT0(axis, firingAt);
  const bar = (state: string, begin: number, end: number): Markup | false =>
    end > begin &&
    html`<rect class="state ${state}" x="${place(axis, begin)}" width="${extent(axis, begin, end)}"
      y="${STATES.y}" height="${STATES.height}" rx="2">
      <title>
        ${state} from ${runSeconds(begin)} to ${runSeconds(end)} (${runSeconds(end - begin)})
      </title>
    </rect>`;
  return html`${bar('pending', from, firing)}${bar('firing', firing, until)}`;
}

/**
 * A mark where each expected change of state was measured, with how long it took and how long it
 * might have.
 */
function measured(
  axis: TimeAxis,
  windows: ExpectedWindow[],
  life: Life | undefined,
  evaluationMs: number,
): Markup[] {
  const from = windows.find((w) => w.what === 'pending')?.fromMs ?? 0;
  const fired = life?.episodes.find(
    (e) => e.firingAt !== null && sinceT0(axis, e.firingAt) >= from,
  );
  if (!fired || fired.firingAt === null) return [];
  const at = {
    pending: sinceT0(axis, fired.activeAt),
    firing: sinceT0(axis, fired.firingAt),
    resolved: sinceT0(axis, fired.lastAt) + evaluationMs,
  };
  return windows.flatMap((w) => {
    if (w.what !== 'pending' && w.what !== 'firing' && w.what !== 'resolved') return [];
    const ms = at[w.what];
    const allowed =
      w.what === 'firing'
        ? `expected at ${runSeconds((w.fromMs + w.toMs) / 2)}`
        : `${runSeconds(ms - w.fromMs)} after its cause, allowed ${runSeconds(w.toMs - w.fromMs)}`;
    const inTime = ms >= w.fromMs && ms <= w.toMs;
    return [
      html`<rect class="measured-at${inTime ? '' : ' off'}" x="${place(axis, ms)}" width="2.5"
        y="${STATES.y - 5}" height="${STATES.height + 10}">
        <title>${w.what} at ${runSeconds(ms)}: ${allowed}</title>
      </rect>`,
    ];
  });
}

import type { AlertPlan, Track } from '../../../model/plan.ts';
import { html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import type { Life } from '../input.ts';
import { extent, place, runSeconds, sinceT0, ticks } from '../time.ts';
import type { TimeAxis } from '../time.ts';
import { windowsOf } from '../windows.ts';
import { notices } from './notices.ts';
import { stimulus } from './stimulus.ts';

const HEIGHT = 70;
/** Top and height of the lanes, pixels. */
const STATES = { y: 32, height: 12 };
export const NOTICES_Y = 58;

export interface Row {
  track: Track;
  alert: AlertPlan;
  life: Life | undefined;
  /** Nobody can be told of this outage but by the Watchdog's silence. */
  bySilence: boolean;
  /** In words, for those who can't see it. */
  described: string;
}

/** The life of one alert instance on the page's time axis: what was done, its states, and who was told. */
export function timeline(axis: TimeAxis, { track, alert, life, bySilence, described }: Row): Markup {
  const windows = windowsOf(axis, track, alert, life, bySilence);
  return html`<svg class="life" width="100%" height="${HEIGHT}" role="img" aria-label="${described}">
${grid(axis, HEIGHT)}
${stimulus(axis, track, life)}
${windows.map((w) => {
    const told = w.what.startsWith('told');
    return html`<rect class="window ${told ? 'told' : w.what}" x="${place(axis, w.fromMs)}" width="${extent(axis, w.fromMs, w.toMs)}" y="${told ? NOTICES_Y - 9 : STATES.y - 4}" height="${told ? 18 : STATES.height + 8}"><title>${w.what} expected from ${runSeconds(w.fromMs)} to ${runSeconds(w.toMs)}</title></rect>`;
  })}
${(life?.episodes ?? []).map((episode) => states(axis, episode, alert.timing.evaluationMs))}
${notices(axis, life?.notifications ?? [], NOTICES_Y)}
</svg>`;
}

/** Lines at the axis's labels. */
export function grid(axis: TimeAxis, height: number): Markup[] {
  return ticks(axis).map((ms) => html`<line class="grid" x1="${place(axis, ms)}" x2="${place(axis, ms)}" y1="0" y2="${height}"/>`);
}

function states(axis: TimeAxis, { activeAt, firingAt, lastAt }: Life['episodes'][number], evaluationMs: number): Markup {
  const from = sinceT0(axis, activeAt);
  const until = sinceT0(axis, lastAt) + evaluationMs;
  const firing = firingAt === null ? until : sinceT0(axis, firingAt);
  const bar = (state: string, begin: number, end: number): Markup | false =>
    end > begin && html`<rect class="state ${state}" x="${place(axis, begin)}" width="${extent(axis, begin, end)}" y="${STATES.y}" height="${STATES.height}" rx="2"><title>${state} from ${runSeconds(begin)} to ${runSeconds(end)} (${runSeconds(end - begin)})</title></rect>`;
  return html`${bar('pending', from, firing)}${bar('firing', firing, until)}`;
}

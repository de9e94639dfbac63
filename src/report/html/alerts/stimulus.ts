import { COMPONENT } from '../../../lib/components.ts';
import { jobMovedBy } from '../../../lib/plan-names.ts';
import { plainNumber } from '../../../lib/plain-number.ts';
import type { Plan } from '../../../model/plan.ts';
import type { Phase, Track } from '../../../model/track.ts';
import { html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { extent, place, runSeconds } from '../time.ts';
import type { TimeAxis } from '../time.ts';
import { beganMs, endedMs } from './lived.ts';
import type { Lived } from './lived.ts';

const TOP = 4;
const BOTTOM = 26;
/** Calm is a line; whatever isn't calm is high enough for its name. */
const CALM = 3;
const LEAST = 14;
/** Share of the axis that a phase's name needs beside its block. */
const ROOM = 0.045;

/** What was done, phase after phase: the further from calm, the higher the block. */
export function stimulus(lived: Lived): Markup[] {
  const { axis, track } = lived;
  const calm =
    track.steps.findLast(
      (s) => s.phase === 'recovery' || s.phase === 'return' || s.phase === 'rest',
    )?.level ?? 1;
  const most = Math.max(...track.steps.map((s) => Math.abs(s.level - calm)), Number.MIN_VALUE);
  return track.steps.map((step, i) => {
    const from = beganMs(lived, i);
    const until = endedMs(lived, i);
    const share = step.phase === 'provoke' ? 0 : Math.abs(step.level - calm) / most;
    const height =
      share === 0 && step.phase !== 'provoke' ? CALM : LEAST + (BOTTOM - TOP - LEAST) * share;
    const title = html`<title>
      ${step.phase}: ${doneIn(track, step.phase, step.level)},
      from ${runSeconds(from)} to ${runSeconds(until)} (planned ${runSeconds(step.startMs)})
    </title>`;
    return html`<g>
      <rect class="step ${step.phase}" x="${place(axis, from)}" width="${extent(axis, from, until)}"
        y="${BOTTOM - height}" height="${height}">
        ${title}
      </rect>
      ${(until - from) / axis.lengthMs > ROOM && name(axis, from, until, step.phase)}
    </g>`;
  });
}

/** A phase's name within its own stretch: it is cut off there, and never lies on the next one's. */
function name(axis: TimeAxis, fromMs: number, toMs: number, text: string): Markup {
  return html`<svg x="${place(axis, fromMs)}" width="${extent(axis, fromMs, toMs)}"
    height="${BOTTOM}">
    <text class="phase" x="3" y="${BOTTOM - 4}">${text}</text>
  </svg>`;
}

/** What a phase does to the world, in words. */
export function doneIn(track: Track, phase: Phase, level: number): string {
  const signal = track.signal ?? 'nothing';
  if (phase === 'provoke' && track.follower)
    return `${track.follower.signal} raised, so that ${track.follower.alert} fires as well`;
  const job = jobMovedBy(signal);
  if (job === undefined) return `${signal} at ${plainNumber(level)}`;
  const states = Object.entries(COMPONENT);
  return `${job} ${states.find(([, of]) => of === level)?.[0] ?? plainNumber(level)}`;
}

/** The same alert provoked once more, on purpose, by the outages that must keep it quiet. */
export function provocations(axis: TimeAxis, plan: Plan, track: Track): Markup[] {
  const outages = plan.tracks.filter(
    (t) =>
      t.follower?.alert === track.alert &&
      Object.entries(track.labels).every(([name, value]) => t.follower?.labels[name] === value),
  );
  return outages.flatMap((outage) =>
    outage.steps
      .filter((step) => step.phase === 'provoke')
      .map((step) => {
        const until = outage.steps.at(-1)?.startMs ?? step.endMs;
        return html`<g>
          <rect class="step provoke" x="${place(axis, step.startMs)}"
            width="${extent(axis, step.startMs, until)}" y="${BOTTOM - LEAST}" height="${LEAST}">
            <title>provoked for ${outage.id}, which must inhibit it: nobody may be told</title>
          </rect>
          ${name(axis, step.startMs, until, `for ${outage.id}`)}
        </g>`;
      }),
  );
}

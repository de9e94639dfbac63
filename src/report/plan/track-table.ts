import type { Plan } from '../../model/plan.ts';
import type { Phase, Track } from '../../model/track.ts';
import { tableText } from '../plain-table.ts';
import type { Colors } from '../text.ts';

/** Columns of the table: phases that exclude each other share one. */
const PHASES: { head: string; phases: Phase[] }[] = [
  { head: 'settle', phases: ['settle'] },
  { head: 'near', phases: ['near'] },
  { head: 'blip', phases: ['blip'] },
  { head: 'rest', phases: ['rest'] },
  { head: 'prov.', phases: ['provoke'] },
  { head: 'over', phases: ['breach', 'outage'] },
  { head: 'back', phases: ['recovery', 'return'] },
];

/**
 * One row for each track: when it begins and ends and how long each phase is; above in seconds of
 * the run, below in the stack's own time.
 */
export function trackTable(plan: Plan, c: Colors): string {
  const rows = plan.tracks.flatMap((track, i) => {
    const isOwn = track.id === track.alert;
    const isFirst = plan.tracks[i - 1]?.alert !== track.alert;
    const label = isOwn ? track.id : `  ${track.id.slice(track.alert.length + 1)}`;
    const times = [
      track.steps[0]?.startMs ?? 0,
      ...PHASES.map((p) => lengthOf(track, p.phases)),
      track.steps.at(-1)?.endMs ?? 0,
    ].map((ms) => (ms === null ? c.dim('·') : both(ms, plan.speed, c)));
    return [...(!isOwn && isFirst ? [[track.alert]] : []), [label, ...times]];
  });
  const head = ['track', 'from', ...PHASES.map((p) => p.head), 'to'];
  return tableText(rows, {
    head: head.map((text) => c.bold(text)),
    colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
  });
}

/** Sum of a track's steps of these phases (an outage rests twice), or null when it has none. */
function lengthOf(track: Track, phases: Phase[]): number | null {
  const own = track.steps.filter((s) => phases.includes(s.phase));
  return own.length === 0 ? null : own.reduce((sum, s) => sum + s.endMs - s.startMs, 0);
}

function both(ms: number, speed: number, c: Colors): string {
  const run = (ms / 1000).toFixed(ms >= 1_000_000 ? 0 : ms >= 100_000 ? 1 : 2);
  return speed === 1 ? run : `${run}\n${c.dim(clock(ms * speed))}`;
}

/** Minutes and seconds: `16:45`. */
export function clock(ms: number): string {
  const s = Math.round(ms / 1000);
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}

import {
  activeWithinMs,
  inactiveWithinMs,
  pendingMs,
  receivedWithinMs,
} from '../../lib/formulas.ts';
import type { AlertPlan } from '../../model/plan.ts';
import type { Track } from '../../model/track.ts';
import type { Life } from './input.ts';
import { sinceT0 } from './time.ts';
import type { TimeAxis } from './time.ts';

/**
 * A stretch of run time (ms after T0) in which something is expected, by the formulas of
 * docs/timing.md.
 */
export interface ExpectedWindow {
  what: 'pending' | 'firing' | 'told' | 'resolved' | 'told of the end';
  fromMs: number;
  toMs: number;
}

/** When a phase began: what was recorded, else what was planned. Run ms. */
export function beganMs(
  axis: TimeAxis,
  track: Track,
  life: Life | undefined,
  index: number,
): number {
  const step = track.steps[index];
  if (!step) return 0;
  const recorded =
    track.steps.findLastIndex((s) => s.phase === step.phase) === index
      ? life?.began[step.phase]
      : undefined;
  return recorded === undefined || axis.t0 === null ? step.startMs : sinceT0(axis, recorded);
}

/**
 * The windows of one track's loud phase and of its end; each hangs on what was measured before it,
 * as the verdicts do.
 */
export function windowsOf(
  axis: TimeAxis,
  track: Track,
  alert: AlertPlan,
  life: Life | undefined,
  bySilence: boolean,
): ExpectedWindow[] {
  const loud = track.steps.findLastIndex((s) => s.phase === 'breach' || s.phase === 'outage');
  if (loud < 0 || bySilence) return [];
  const from = beganMs(axis, track, life, loud);
  const untilMs = from + activeWithinMs(alert.timing);
  const fired = life?.episodes.find(
    (e) => e.firingAt !== null && sinceT0(axis, e.firingAt) >= from,
  );
  const slack = alert.timing.evaluationMs / 4;
  const windows: ExpectedWindow[] = [{ what: 'pending', fromMs: from, toMs: untilMs }];
  if (!fired || fired.firingAt === null)
    return [
      ...windows,
      {
        what: 'firing',
        fromMs: from + pendingMs(alert.timing),
        toMs: untilMs + pendingMs(alert.timing),
      },
    ];
  const due = sinceT0(axis, fired.activeAt) + pendingMs(alert.timing);
  const firing = sinceT0(axis, fired.firingAt);
  windows.push(
    { what: 'firing', fromMs: due - slack, toMs: due + slack },
    { what: 'told', fromMs: firing, toMs: firing + receivedWithinMs(alert.timing, 'firing') },
  );
  const last = track.steps[loud + 1];
  if (!last) return windows;
  const calmFrom = beganMs(axis, track, life, loud + 1);
  const within =
    last.phase === 'return'
      ? inactiveWithinMs(alert.timing)
      : last.endMs - last.startMs - receivedWithinMs(alert.timing, 'resolved');
  const ended = sinceT0(axis, fired.lastAt) + alert.timing.evaluationMs;
  return [
    ...windows,
    { what: 'resolved', fromMs: calmFrom, toMs: calmFrom + within },
    {
      what: 'told of the end',
      fromMs: ended,
      toMs: ended + receivedWithinMs(alert.timing, 'resolved'),
    },
  ];
}

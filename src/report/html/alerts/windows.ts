import {
  activeWithinMs,
  inactiveWithinMs,
  pendingMs,
  receivedWithinMs,
} from '../../../lib/formulas.ts';
import type { AlertPlan, Timing } from '../../../model/plan.ts';
import { sinceT0 } from '../time.ts';
import { beganMs } from './lived.ts';
import type { Lived } from './lived.ts';

/**
 * A stretch of run time (ms after T0) in which something is expected, by the formulas of
 * docs/timing.md.
 */
export interface ExpectedWindow {
  what: 'pending' | 'firing' | 'told' | 'resolved' | 'told of the end';
  fromMs: number;
  toMs: number;
}

/**
 * The windows of one track's loud phase and of its end; each hangs on what was measured before it,
 * as the verdicts do.
 */
export function windowsOf(lived: Lived, { timing }: AlertPlan): ExpectedWindow[] {
  const { axis, track, life, bySilence } = lived;
  const loud = track.steps.findLastIndex((s) => s.phase === 'breach' || s.phase === 'outage');
  if (loud < 0 || bySilence) return [];
  const from = beganMs(lived, loud);
  const until = from + activeWithinMs(timing);
  const pending: ExpectedWindow = { what: 'pending', fromMs: from, toMs: until };
  const fired = life?.episodes.find(
    (e) => e.firingAt !== null && sinceT0(axis, e.firingAt) >= from,
  );
  if (!fired || fired.firingAt === null) {
    const pendingFor = pendingMs(timing);
    return [pending, { what: 'firing', fromMs: from + pendingFor, toMs: until + pendingFor }];
  }
  const due = sinceT0(axis, fired.activeAt) + pendingMs(timing);
  const slack = timing.evaluationMs / 4;
  const firing = sinceT0(axis, fired.firingAt);
  return [
    pending,
    { what: 'firing', fromMs: due - slack, toMs: due + slack },
    { what: 'told', fromMs: firing, toMs: firing + receivedWithinMs(timing, 'firing') },
    ...endOf(lived, loud, timing, sinceT0(axis, fired.lastAt)),
  ];
}

/**
 * The windows of a life's end.
 * @param loud place of the phase in which it fires
 * @param lastMs when it was last seen active, run ms
 */
function endOf(lived: Lived, loud: number, timing: Timing, lastMs: number): ExpectedWindow[] {
  const last = lived.track.steps[loud + 1];
  if (!last) return [];
  const calmFrom = beganMs(lived, loud + 1);
  const toldWithin = receivedWithinMs(timing, 'resolved');
  const within =
    last.phase === 'return' ? inactiveWithinMs(timing) : last.endMs - last.startMs - toldWithin;
  const ended = lastMs + timing.evaluationMs;
  return [
    { what: 'resolved', fromMs: calmFrom, toMs: calmFrom + within },
    { what: 'told of the end', fromMs: ended, toMs: ended + toldWithin },
  ];
}

import { activeWithinMs, pendingMs } from '../../lib/formulas.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { TrackContext } from './context.ts';
import { firesOnTime } from './firing.ts';
import { fail, pass, seconds, timed } from './verdicts.ts';
import { watchdogTimes } from './watchdog.ts';

/** Prometheus or Alertmanager stopped: the Watchdog falls silent, and comes back. */
export function judgeSilence(c: TrackContext): Verdict[] {
  const heard = watchdogTimes(c.plan, c.evidence);
  const back = c.step('return') !== undefined;
  const silence = fallsSilent(c, heard);
  return [
    ...(back ? firesOnTime(c, 'outage') : []),
    silence,
    ...(back && silence.outcome === 'pass' ? [comesBack(c, heard)] : []),
  ];
}

function fallsSilent(c: TrackContext, heard: number[]): Verdict {
  const expectation = { kind: 'told-by-silence', phase: 'outage' } as const;
  const { everyMs } = c.plan.watchdog;
  const stopped = c.began('outage');
  const until = silentUntil(c, stopped);
  const last = Math.max(...heard.filter((at) => at <= until), 0);
  const heardBefore = heard.some(
    (at) => at <= stopped && at >= stopped - everyMs - c.alert.timing.epsilonMs,
  );
  const lastMs = last - stopped;
  if (heardBefore && until - Math.max(last, stopped) >= 2 * everyMs)
    return pass(
      c,
      expectation,
      `last heard ${lastMs >= 0 ? '+' : ''}${seconds(lastMs)}`,
      timed(lastMs),
    );
  return fail(c, expectation, 'silence-not-kept', {
    title: `The Watchdog doesn't tell that ${c.track.labels['job'] ?? ''} is gone`,
    expected: `the Watchdog heard until the stop, and then silent for at least ${seconds(2 * everyMs)}`,
    seen: heardBefore
      ? `last heard ${seconds(lastMs)} after the stop; silent for ${seconds(until - last)}`
      : 'not heard before the stop',
    likelyCause:
      'Something other than this stack sends the Watchdog, or its route repeats it too seldom.',
  });
}

/** When the Watchdog may be heard again, or the run is over, epoch ms. */
function silentUntil(c: TrackContext, stopped: number): number {
  if (c.step('return')) return c.began('return') - startGraceMs(c);
  const outage = c.step('outage');
  return stopped + ((outage?.endMs ?? 0) - (outage?.startMs ?? 0));
}

/** The Watchdog is heard again after the return. */
function comesBack(c: TrackContext, heard: number[]): Verdict {
  const expectation = { kind: 'resolves-in-time', phase: 'return' } as const;
  const { timing } = c.alert;
  const first = heard.find((at) => at > c.began('return') - startGraceMs(c));
  if (first !== undefined) {
    const backMs = Math.max(0, first - c.began('return'));
    return pass(c, expectation, `Watchdog back +${seconds(backMs)}`, timed(backMs));
  }
  const within = c.plan.watchdog.everyMs + activeWithinMs(timing) + pendingMs(timing);
  return fail(c, expectation, 'not-resolved', {
    title: 'The Watchdog does not come back',
    expected: `the Watchdog again within ${seconds(within)} of the return`,
    seen: 'nothing',
    likelyCause: 'Alertmanager does not come up again; see its log.',
  });
}

/**
 * The return is recorded when the component answers; it may have sent the first notification a
 * little before.
 */
function startGraceMs(c: TrackContext): number {
  return c.alert.timing.epsilonMs;
}

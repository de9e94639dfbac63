import type { Plan } from '../../../model/plan.ts';
import type { Track } from '../../../model/track.ts';
import type { Life } from '../input.ts';
import type { Page } from '../page.ts';
import { sinceT0 } from '../time.ts';
import type { TimeAxis } from '../time.ts';

/** The life of one alert instance, on the axis of the world in which it was lived. */
export interface Lived {
  axis: TimeAxis;
  track: Track;
  /** What was recorded of it; undefined: the run never reached T0. */
  life: Life | undefined;
  /** Nobody can be told of this outage but by the Watchdog's silence. */
  bySilence: boolean;
}

/** @param page of the track's own world */
export function livedOf({ input, axis }: Page, track: Track): Lived {
  const life = input.lives.find((one) => one.track === track);
  return { axis, track, life, bySilence: isToldBySilence(input.plan, track) };
}

function isToldBySilence({ jobs }: Plan, { labels, steps }: Track): boolean {
  return (
    jobs.some((job) => job.toldBySilence !== null && job.name === labels['job']) &&
    steps.some((step) => step.phase === 'outage')
  );
}

/** When a phase began: what was recorded, else what was planned. Run ms. */
export function beganMs({ axis, track, life }: Lived, index: number): number {
  const step = track.steps[index];
  if (!step) return 0;
  const recorded =
    track.steps.findLastIndex((s) => s.phase === step.phase) === index
      ? life?.began[step.phase]
      : undefined;
  return recorded === undefined || axis.t0 === null ? step.startMs : sinceT0(axis, recorded);
}

/** When a phase was over: when the next one began, else what was planned. Run ms. */
export function endedMs(lived: Lived, index: number): number {
  const { steps } = lived.track;
  return steps[index + 1] ? beganMs(lived, index + 1) : (steps[index]?.endMs ?? 0);
}

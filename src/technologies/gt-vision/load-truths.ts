import type { K6Evidence } from '../../model/k6-evidence.ts';
import type { TruthSeries } from '../../model/truth-series.ts';
import type { Plan } from '../../model/plan.ts';
import { Truth } from '../truth.ts';
import { CAMERAS } from './services.ts';

/** The gauges that a signal of the load sets, and to what. */
const SET: Record<string, { metric: string; value: (level: number) => number; isRate?: true }[]> = {
  'load.streams': [{ metric: 'gtvision_active_streams', value: (level) => level }],
  'load.recordings': [{ metric: 'gtvision_recordings_active', value: (level) => level }],
  // Not a metric but its rate, which the steps of the load know.
  'load.recording-errors': [
    { metric: 'rate of gtvision_recording_errors_total', value: (level) => level, isRate: true },
  ],
  'load.cameras-offline': [
    { metric: 'gtvision_cameras_offline', value: (level) => level },
    { metric: 'gtvision_cameras_online', value: (level) => CAMERAS - level },
    { metric: 'gtvision_cameras_total', value: () => CAMERAS },
  ],
};

/** An event that is no later than this is scheduling, and within what any rate is allowed, ms. */
const LATE_MS = 100;

/**
 * What k6 knows of the gauges that it set: each level, from when it was asked for until k6 had seen
 * it reached.
 */
export function loadTruths(plan: Plan, t0: number, k6: K6Evidence): TruthSeries[] {
  return Object.entries(SET).flatMap(([signal, gauges]) =>
    gauges.map(({ metric, value, isRate }) => {
      const truth = new Truth(metric, {}, 'level', 'k6');
      for (const step of plan.load.signals[signal] ?? []) {
        const done = k6.steps[step.step];
        if (!done) continue;
        truth.changed(t0 + step.atMs, done.first, value(step.level));
        // What is held is set again only after the service has lost it.
        if (isRate && done.lateMs > LATE_MS)
          truth.series.lagMs = Math.max(truth.series.lagMs, done.lateMs);
        if (!isRate && done.last > done.first) truth.restored(done.first, done.last);
      }
      // A rate ends with the load; what was set stays.
      if (isRate) truth.changed(t0 + plan.load.lengthMs, t0 + plan.load.lengthMs, 0);
      return truth.series;
    }),
  );
}

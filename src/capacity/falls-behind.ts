import type { Breach, StepMeasurement } from '../model/capacity-step.ts';

/**
 * Of what arrives in the measured part, at least this share is answered in it: less is a queue that
 * grows.
 */
export const LEAST_ANSWERED_SHARE = 0.97;
/** Requests that may cross the edges of the measured part: a few are no queue. */
const EDGE_REQUESTS = 10;
/**
 * A queue that grows breaks every limit of its latency in the end, however short the step: of what
 * was sent, nearly all must be answered as fast as it arrives (the law of a stable queue: as much
 * leaves as arrives). Empty when it is.
 */
export function fallsBehind({ figures, measuredMs }: StepMeasurement): Breach[] {
  const { latencyP95Seconds, offeredPerSecond, achievedPerSecond, droppedShare = 0 } = figures;
  if (
    latencyP95Seconds === undefined ||
    offeredPerSecond === undefined ||
    achievedPerSecond === undefined
  )
    return [];
  const sent = offeredPerSecond * (1 - droppedShare);
  const least = Math.min(LEAST_ANSWERED_SHARE * sent, sent - (EDGE_REQUESTS * 1000) / measuredMs);
  return achievedPerSecond >= least
    ? []
    : [
        {
          limit: {
            title: 'answers, as fast as requests arrive',
            figure: 'achievedPerSecond',
            part: null,
            bound: 'at least',
            value: least,
            alert: null,
            source: null,
          },
          value: achievedPerSecond,
        },
      ];
}

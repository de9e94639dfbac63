import type { TimelineEntry } from '../model/evidence.ts';
import { componentSignal } from './plan-names.ts';

/** The levels of a component's signal. */
export const COMPONENT = { running: 1, frozen: 0.5, stopped: 0 } as const;

/** What the harness did to the component behind a job, in its order. */
export function actsOn(timeline: TimelineEntry[], job: string): TimelineEntry[] {
  return timeline
    .filter(({ signal }) => signal === componentSignal(job))
    .sort((a, b) => a.at - b.at);
}

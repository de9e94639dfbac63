import type { Plan } from '../model/plan.ts';
import type { RecordedWorld } from '../model/recorded-world.ts';
import type { Track } from '../model/track.ts';

/**
 * The plan of a proof in several worlds as one, for whoever reads a report: every track once, as it
 * was done last, or both halves of it, and the longest of them. Its times are each world's own.
 * @param worlds the run's own first; at least one
 */
export function planOf([first, ...others]: [RecordedWorld, ...RecordedWorld[]]): Plan {
  return others.reduce(
    (joined, { plan, isAgain = false }) => ({
      ...joined,
      tracks: [
        ...joined.tracks.filter(
          ({ id }) => !isAgain || !plan.tracks.some((track) => track.id === id),
        ),
        ...plan.tracks,
      ],
      lengthMs: Math.max(joined.lengthMs, (plan.lengthMs * plan.speed) / joined.speed),
    }),
    first.plan,
  );
}

/** The world in which a track was done, the last one where it was done again. */
export function worldOf(worlds: RecordedWorld[], track: Track): RecordedWorld | undefined {
  return worlds.findLast(({ plan }) => plan.tracks.includes(track));
}

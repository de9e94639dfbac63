import type { Evidence, Series } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import type { RecordedWorld } from '../model/recorded-world.ts';

/**
 * Worlds that ran side by side as one, for whoever reads a report: all lives on the first world's time axis, each from
 * its own T0. Only what a report shows is joined; verdicts are drawn from each world by itself.
 * @param worlds the run's own first; at least one
 */
export function sideBySide([first, ...others]: [RecordedWorld, ...RecordedWorld[]]): RecordedWorld {
  return others.reduce<RecordedWorld>(
    (joined, world) => ({
      plan: joinPlans(joined.plan, world.plan),
      evidence: joinEvidence(joined.evidence, world),
    }),
    first,
  );
}

/** By how much another world's times are moved, so that its T0 is the first one's, ms. */
export function shiftMs(first: Evidence, { t0 }: Evidence): number {
  return (first.t0 ?? 0) - (t0 ?? first.t0 ?? 0);
}

function joinPlans(plan: Plan, other: Plan): Plan {
  return {
    ...plan,
    tracks: [...plan.tracks, ...other.tracks],
    lengthMs: Math.max(plan.lengthMs, other.lengthMs),
  };
}

/** The expressions of alerts that are provoked there alone. */
function joinEvidence(evidence: Evidence, { plan, evidence: other }: RecordedWorld): Evidence {
  const ms = shiftMs(evidence, other);
  const own = new Set(plan.tracks.map((track) => track.alert));
  const expressions = Object.entries(other.expressions).filter(([alert]) => own.has(alert));
  return {
    ...evidence,
    endedAt: Math.max(evidence.endedAt, other.endedAt),
    expressions: {
      ...evidence.expressions,
      ...Object.fromEntries(expressions.map(([alert, all]) => [alert, all.map(moved(ms))])),
    },
  };
}

function moved(ms: number): (series: Series) => Series {
  return ({ labels, samples }) => ({
    labels,
    samples: samples.map(([at, value]) => [at + ms, value]),
  });
}

import { carries } from '../../lib/carries.ts';
import type { ProofEvidence, ProofSeries } from '../../model/proof-evidence.ts';
import type { ProofTrack } from '../../model/proof-plan.ts';
import type { ProofLife } from '../../model/proof-verdict.ts';

/** When an alert was in which state, as Prometheus wrote it: epoch ms, ascending. */
export interface States {
  active: number[];
  firing: number[];
}

/** The samples of `ALERTS` of the instances that a track is about. */
export function samplesOf(
  { alerts }: Pick<ProofEvidence, 'alerts'>,
  track: ProofTrack,
): ProofSeries[] {
  return alerts.filter(
    ({ labels }) => labels['alertname'] === track.alert.name && carries(labels, track.labels),
  );
}

/** The states of the instances that a track is about, by when they were evaluated. */
export function statesOf(evidence: Pick<ProofEvidence, 'alerts'>, track: ProofTrack): States {
  const own = samplesOf(evidence, track);
  const times = (state?: string): number[] =>
    own
      .filter(({ labels }) => state === undefined || labels['alertstate'] === state)
      .flatMap(({ samples }) => samples.map(([at]) => at + track.queryOffsetMs))
      .sort((a, b) => a - b);
  return { active: times(), firing: times('firing') };
}

/** The first time within a stretch, its end left out. */
export function firstWithin(times: number[], from: number, until: number): number | undefined {
  return times.find((at) => from <= at && at < until);
}

/** A track's life as it was seen; nobody has been told yet. @param t0 epoch ms */
export function lifeOf(track: ProofTrack, { active, firing }: States, t0: number): ProofLife {
  const fires = new Set(firing);
  const { startMs, overAtMs, calmAtMs, endMs, evaluationMs } = track;
  const stretches = (times: number[]): [number, number][] =>
    stretchesOf(times, evaluationMs).map(([from, until]) => [from - t0, until - t0]);
  return {
    startMs,
    overAtMs,
    calmAtMs,
    endMs,
    pending: stretches(active.filter((at) => !fires.has(at))),
    firing: stretches(firing),
    toldMs: null,
  };
}

/**
 * Evaluations one after the other as stretches: each ends with the evaluation that would have been
 * next.
 */
export function stretchesOf(times: number[], everyMs: number): [number, number][] {
  const found: [number, number][] = [];
  for (const at of times) {
    const last = found.at(-1);
    if (last && at <= last[1] + everyMs * 0.5) last[1] = at + everyMs;
    else found.push([at, at + everyMs]);
  }
  return found;
}

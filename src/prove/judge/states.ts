import type { ProofEvidence, ProofTrack } from '../../model/proof.ts';

/** When an alert was in which state, as Prometheus wrote it: epoch ms, ascending. */
export interface States {
  active: number[];
  firing: number[];
}

/** The states of the instances that a track is about. */
export function statesOf(evidence: Pick<ProofEvidence, 'alerts'>, track: ProofTrack): States {
  const own = evidence.alerts.filter(
    ({ labels }) => labels['alertname'] === track.alert.name && carries(labels, track.labels),
  );
  const times = (state?: string): number[] =>
    own
      .filter(({ labels }) => state === undefined || labels['alertstate'] === state)
      .flatMap(({ samples }) => samples.map(([at]) => at))
      .sort((a, b) => a - b);
  return { active: times(), firing: times('firing') };
}

/** Whether a label set has these labels, at least. */
export function carries(labels: Record<string, string>, wanted: Record<string, string>): boolean {
  return Object.entries(wanted).every(([name, value]) => (labels[name] ?? '') === value);
}

/** The first time within a stretch, its end left out. */
export function firstWithin(times: number[], from: number, until: number): number | undefined {
  return times.find((at) => from <= at && at < until);
}

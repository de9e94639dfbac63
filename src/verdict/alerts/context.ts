import { carries } from '../../lib/carries.ts';
import { isAbout } from '../../lib/notices/notice.ts';
import { noticesOf } from '../../lib/notices/index.ts';
import type { Notice } from '../../lib/notices/notice.ts';
import { stepName } from '../../lib/plan-names.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { AlertPlan, Plan } from '../../model/plan.ts';
import type { Phase, Step, Track } from '../../model/track.ts';
import { episodesOf } from './episodes.ts';
import type { Episode } from './episodes.ts';
import { firstSeen } from './first-seen.ts';

/** A run that reached T0. */
export interface RunContext {
  plan: Plan;
  evidence: Evidence;
  /** When its proofs began, epoch ms. */
  t0: number;
  /** Episodes of all alerts. */
  episodes: Episode[];
}

/** What is read once of a run that reached T0. */
export function runContext(plan: Plan, evidence: Evidence, t0: number): RunContext {
  return { plan, evidence, t0, episodes: episodesOf(evidence, plan) };
}

/** Everything the judgement of one track needs, looked up once. */
export interface TrackContext {
  plan: Plan;
  evidence: Evidence;
  t0: number;
  track: Track;
  alert: AlertPlan;
  /** Episodes of this track's instance. */
  episodes: Episode[];
  /** What was told of this track's instance since T0. */
  notices: Notice[];
  /** Everything that was told in the run. */
  allNotices: Notice[];
  step: (phase: Phase) => Step | undefined;
  /** When a phase really began: what the stimulus's driver recorded, else the plan. Epoch ms. */
  began: (phase: Phase) => number;
  /** The earliest evaluation that can have seen a phase, epoch ms: never after it began. */
  seenFrom: (phase: Phase) => number;
  /** When a phase ends by the plan, epoch ms. */
  endOf: (phase: Phase) => number;
  /** When the whole track is over by the plan, epoch ms. */
  overAt: number;
}

/** Contexts of all tracks of a run. */
export function contexts(run: RunContext): TrackContext[] {
  const allNotices = noticesOf(run.evidence);
  return run.plan.tracks.flatMap((track) => {
    const alert = run.plan.alerts.find((a) => a.alert === track.alert);
    return alert ? [trackContext(run, track, alert, allNotices)] : [];
  });
}

function trackContext(
  { plan, evidence, t0, episodes }: RunContext,
  track: Track,
  alert: AlertPlan,
  allNotices: Notice[],
): TrackContext {
  const step = (phase: Phase): Step | undefined => track.steps.findLast((s) => s.phase === phase);
  const planned = (phase: Phase): number => t0 + (step(phase)?.startMs ?? 0);
  return {
    plan,
    evidence,
    t0,
    track,
    alert,
    episodes: episodes.filter((e) => e.alert === track.alert && carries(e.labels, track.labels)),
    notices: allNotices.filter((n) => n.receivedAt >= t0 && isAbout(n, track)),
    allNotices,
    step,
    began: (phase) => {
      const name = stepName({ track: track.id, phase });
      return evidence.timeline.find((entry) => entry.step === name)?.at ?? planned(phase);
    },
    seenFrom: (phase) => firstSeen(evidence, track, phase, planned(phase)),
    endOf: (phase) => t0 + (step(phase)?.endMs ?? 0),
    overAt: t0 + (track.steps.at(-1)?.endMs ?? 0),
  };
}

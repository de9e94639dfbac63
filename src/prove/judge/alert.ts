import type { ProofEvidence } from '../../model/proof-evidence.ts';
import type { ProofPlan, ProofTrack } from '../../model/proof-plan.ts';
import type { AlertProof, ProofFinding } from '../../model/proof-verdict.ts';
import { causeOfSilence } from './causes.ts';
import { firstWithin, lifeOf, statesOf } from './states.ts';
import { findingsAt, seconds } from './finding.ts';
import type { MakeFinding } from './finding.ts';
import { tellingOf } from './telling.ts';
import { withDoubts } from './doubts.ts';
import { brokenTexts } from './texts.ts';

/** What became of one alert in a run. */
export function judgeAlert(
  plan: ProofPlan,
  track: ProofTrack,
  evidence: ProofEvidence,
): AlertProof {
  const nothing: AlertProof = {
    alert: track.alert,
    outcome: track.way === 'live' ? 'proved' : 'virtual',
    why: track.why,
    firedAfterMs: null,
    toldAfterMs: null,
    receivers: [],
    message: null,
    life: null,
    findings: [],
  };
  const { t0, interruption } = evidence;
  if (t0 === null || (interruption !== null && interruption.at < t0 + track.endMs))
    return {
      ...nothing,
      outcome: 'inconclusive',
      why: interruption?.detail ?? 'the run never began',
    };
  const finding = findingsAt(track.alert);
  const states = statesOf(evidence, track);
  const { findings, ...lived } = livedThrough({ plan, track, evidence, t0, states, finding });
  const broken = brokenTexts(evidence, track).map(({ name, text }) =>
    finding(
      'text-broken',
      `${name} filled in`,
      text,
      'its template fails or reads what is not there',
    ),
  );
  const early = belowLimit(track, t0, states.active, finding);
  return withDoubts(
    { ...nothing, ...lived, findings: [...early, ...findings, ...broken] },
    evidence,
    track,
  );
}

/** An alert over its limit: fired in time, told, and over again. */
function livedThrough({
  plan,
  track,
  evidence,
  t0,
  states,
  finding,
}: {
  plan: ProofPlan;
  track: ProofTrack;
  evidence: ProofEvidence;
  t0: number;
  states: ReturnType<typeof statesOf>;
  finding: MakeFinding;
}): Pick<AlertProof, 'life' | 'findings'> & Partial<AlertProof> {
  const life = lifeOf(track, states, t0);
  // What always fires does so from the first evaluation on, before anything else begins.
  const overAt = track.always ? evidence.startedAt : t0 + track.overAtMs;
  const calmAt = t0 + (track.always ? track.endMs : track.calmAtMs);
  const firingAt = firstWithin(states.firing, overAt, calmAt + track.evaluationMs);
  if (firingAt === undefined) {
    const wasPending = states.active.some((at) => at >= overAt);
    return { life, findings: [neverFired(track, evidence, wasPending, finding)] };
  }
  const activeAt = firstWithin(states.active, overAt, calmAt) ?? firingAt;
  const telling = tellingOf(plan, track, evidence, firingAt, finding);
  return {
    life: telling.toldAt === undefined ? life : { ...life, toldMs: telling.toldAt - t0 },
    firedAfterMs: firingAt - overAt,
    toldAfterMs: telling.toldAt === undefined ? null : telling.toldAt - firingAt,
    receivers: telling.receivers,
    message: telling.message,
    findings: [
      ...(track.always ? [] : onTime(track, overAt, activeAt, firingAt, finding)),
      ...telling.findings,
      ...(track.always ? [] : afterwards(track, t0, states.active, finding)),
    ],
  };
}

function neverFired(
  track: ProofTrack,
  evidence: ProofEvidence,
  wasPending: boolean,
  finding: MakeFinding,
): ProofFinding {
  const within = seconds(track.activeWithinMs + track.forMs);
  return finding(
    'never-fired',
    `firing within ${within} of going over its limit, as in virtual time`,
    wasPending ? 'it was pending and never fired' : 'nothing',
    causeOfSilence(track, evidence),
  );
}

function belowLimit(
  track: ProofTrack,
  t0: number,
  active: number[],
  finding: MakeFinding,
): ProofFinding[] {
  const at = firstWithin(active, t0 + track.settledAtMs, t0 + track.overAtMs);
  if (track.always || at === undefined) return [];
  return [
    finding(
      'fired-below-limit',
      'quiet just below its limit, as in virtual time',
      `active ${seconds(at - t0 - track.startMs)} after its beginning`,
      'relabelling or limits of the scrape change what its series are, or another alert shares them',
    ),
  ];
}

/** Pending in time, and firing after exactly `for`: Prometheus compares at evaluations only. */
function onTime(
  track: ProofTrack,
  overAt: number,
  activeAt: number,
  firingAt: number,
  finding: MakeFinding,
): ProofFinding[] {
  const found: ProofFinding[] = [];
  if (activeAt - overAt > track.activeWithinMs)
    found.push(
      finding(
        'pending-late',
        `active within ${seconds(track.activeWithinMs)} of going over its limit`,
        `after ${seconds(activeAt - overAt)}`,
        'a longer scrape interval or window than the configuration says, or a busy machine',
      ),
    );
  const pendingMs = firingAt - activeAt;
  const tolerance = track.evaluationMs * 0.5;
  if (pendingMs < track.forMs - tolerance || pendingMs > track.forMs + tolerance)
    found.push(
      finding(
        pendingMs < track.forMs ? 'fired-early' : 'fired-late',
        `firing ${seconds(track.forMs)} after active`,
        `${seconds(pendingMs)} after it`,
        'its expression came and went meanwhile, or evaluations were missed',
      ),
    );
  return found;
}

function afterwards(
  track: ProofTrack,
  t0: number,
  active: number[],
  finding: MakeFinding,
): ProofFinding[] {
  const at = firstWithin(active, t0 + track.calmAtMs + track.resolvedWithinMs, t0 + track.endMs);
  if (at === undefined) return [];
  return [
    finding(
      'not-resolved',
      `over within ${seconds(track.resolvedWithinMs)} of being calm`,
      `still active ${seconds(at - t0 - track.calmAtMs)} after it`,
      'series that stay, or a window longer than the expression says',
    ),
  ];
}

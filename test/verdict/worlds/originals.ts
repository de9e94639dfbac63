import type { Evidence, OriginalEvidence } from '../../../src/model/evidence.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import { judgeOriginals } from '../../../src/verdict/metrics/originals.ts';
import { measuredEvidence, measuredPlan } from '../../support/measured.ts';
import { brokenWorlds } from './world.ts';

const GAUGE = 'gtvision_cameras_offline';
const SERVICE = 'real-backend';
const AT_MS = 5_000;

/** A real program that answers as it was filled. */
function original(): OriginalEvidence {
  const labels = { __name__: GAUGE, job: SERVICE, instance: `${SERVICE}:8000` };
  const truth: OriginalEvidence['truth'][number] = {
    ...{ metric: GAUGE, labels: {}, kind: 'level', known: 'its client', lagMs: 0 },
    points: [[0, 1_000, 7]],
  };
  return {
    ...{ service: SERVICE, job: 'backend', url: `http://${SERVICE}:8000/metrics`, error: null },
    metrics: [{ labels, samples: [[AT_MS, 7]] }],
    metadata: [{ job: SERVICE, metric: GAUGE, type: 'gauge' }],
    truth: [truth],
  };
}

const of = (e: Evidence): OriginalEvidence => e.originals![0]!;

const BROKEN: [string, string[], (e: Evidence, p: Plan) => void][] = [
  [
    'it asks whoever scrapes it for a login',
    [`up/${SERVICE} target-not-scraped`],
    (e) => {
      of(e).error = 'answered 401: authentication error';
    },
  ],
  [
    'it lacks a metric that its stand-in has',
    [`${GAUGE}/${SERVICE} metric-missing`],
    (e) => {
      of(e).metrics = [];
    },
  ],
  [
    'it has it as another type',
    [`${GAUGE}/${SERVICE} metric-wrong-type`],
    (e) => {
      of(e).metadata[0]!.type = 'counter';
    },
  ],
  [
    'it has a label that its stand-in lacks',
    [`${GAUGE}/${SERVICE} metric-wrong-labels`],
    (e) => {
      of(e).metrics[0]!.labels['server'] = 's:1';
    },
  ],
  [
    'it tells another value than its client knows',
    [`${GAUGE}/${SERVICE} value-differs`],
    (e) => {
      of(e).metrics[0]!.samples[0]![1] = 8;
    },
  ],
];

/** What is judged of a world with one real program, after a change. */
export function judgedOriginals(change: (evidence: Evidence, plan: Plan) => void): Verdict[] {
  const plan = measuredPlan();
  plan.metrics = plan.metrics.filter(({ name }) => name === GAUGE);
  const evidence = { ...measuredEvidence(plan), originals: [original()] };
  change(evidence, plan);
  return judgeOriginals(plan, evidence);
}

/** Worlds in which the real program isn't as its stand-in is. */
export const ORIGINAL_WORLDS = brokenWorlds(BROKEN, judgedOriginals);

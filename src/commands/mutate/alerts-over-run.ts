import { carries } from '../../lib/carries.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { RecordedWorld } from '../../model/recorded-world.ts';
import type { Track } from '../../model/track.ts';
import { EvaluationError, elementsOf } from '../../promql/evaluate/index.ts';
import type { Storage } from '../../promql/evaluate/index.ts';
import { parseExpr } from '../../promql/parse.ts';

/** What one evaluation may look at, in samples. */
const BUDGET = 1_000_000;
const STEP_MS = 1_000;

/** What becomes of the alerts that a run made fire, over other samples than were recorded. */
export interface AlertsOverRun {
  /** One that wouldn't have fired. */
  lost: Track | undefined;
  /** One whose recorded states don't follow from the recorded samples: it judges nothing. */
  notReplayed: Track | undefined;
  /** One of which it isn't known, and why. */
  open: { track: Track; why: string } | undefined;
}

/** Whether an expression gives an instance; in words, why that can't be told. */
type Gives = boolean | string;

/**
 * An alert is lost where it would never have been active in one of the steps that were to make it
 * fire, or not at each evaluation from its first until it fired, and so would have begun to wait
 * anew. Only moments count at which the recorded samples give it again.
 * @param reads whether an expression reads what is changed
 */
export function alertsOverRun(
  { plan, evidence }: RecordedWorld,
  reads: (expr: string) => boolean,
  recorded: Storage,
  others: Storage,
): AlertsOverRun {
  const result: AlertsOverRun = { lost: undefined, notReplayed: undefined, open: undefined };
  for (const track of plan.tracks) {
    const expr = plan.rules[track.alert]?.runExpr ?? '';
    if (!reads(expr)) continue;
    const gives = instanceIn(expr, track.labels);
    for (const active of breaches(track, evidence)) {
      const before = active.map((tMs) => gives(recorded, tMs));
      const after = active.filter((_, i) => before[i] === true).map((tMs) => gives(others, tMs));
      const why = [...(after.length === 0 ? before : after)].find((is) => typeof is === 'string');
      if (isLost(after)) result.lost ??= track;
      else if (why !== undefined) result.open ??= { track, why };
      else if (after.length === 0) result.notReplayed ??= track;
    }
  }
  return result;
}

/** Whether an alert doesn't fire at the last of some evaluations, whatever isn't known of them. */
function isLost(gives: Gives[]): boolean {
  const begun = gives.indexOf(true);
  return gives.at(-1) === false || (begun >= 0 && gives.includes(false, begun));
}

/** Of each step that makes an alert fire, the evaluations at which it was active until it fired. */
function breaches(track: Track, evidence: Evidence): number[][] {
  const t0 = evidence.t0 ?? 0;
  const [pending, firing] = [
    activeAt(track, evidence, 'pending'),
    activeAt(track, evidence, 'firing'),
  ];
  return track.steps
    .filter(({ phase }) => phase === 'breach')
    .flatMap(({ startMs, endMs }) => {
      const isIn = (at: number): boolean => at >= t0 + startMs && at < t0 + endMs;
      const fired = firing.find(isIn);
      return fired === undefined ? [] : [[...pending.filter(isIn), fired].sort((a, b) => a - b)];
    });
}

/** Whether an expression gives an instance with these labels, over samples at a moment. */
function instanceIn(
  expr: string,
  labels: Record<string, string>,
): (storage: Storage, tMs: number) => Gives {
  const parsed = parseExpr(expr);
  return (storage, tMs) => {
    if (!('expr' in parsed)) return "its expression isn't understood";
    const context = { storage, tMs, stepMs: STEP_MS, budget: { samples: BUDGET } };
    try {
      return elementsOf(parsed.expr, context).some((element) => carries(element.labels, labels));
    } catch (error) {
      // Prometheus would give nothing for it either; of all else only this evaluator knows nothing.
      return error instanceof EvaluationError ? false : messageOf(error);
    }
  };
}

/** The evaluations at which the alert was in a state for the instance. */
function activeAt({ alert, labels }: Track, { series }: Evidence, state: string): number[] {
  const wanted = { ...labels, alertname: alert, alertstate: state };
  return series
    .filter((one) => one.labels['__name__'] === 'ALERTS' && carries(one.labels, wanted))
    .flatMap(({ samples }) => samples.map(([at]) => at));
}

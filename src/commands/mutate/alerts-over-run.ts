import type { Evidence } from '../../model/evidence.ts';
import type { RecordedWorld } from '../../model/recorded-world.ts';
import type { Track } from '../../model/track.ts';
import { elementsOf } from '../../promql/evaluate/index.ts';
import type { Labels, Storage } from '../../promql/evaluate/index.ts';
import { parseExpr } from '../../promql/parse.ts';

/** What one evaluation may look at, in samples. */
const BUDGET = 1_000_000;
const STEP_MS = 1_000;

/**
 * An alert that the run provoked and that would never have been active for its instance over other
 * samples: at none of the moments at which it was, and at which the recorded samples give it again.
 */
export function neverActive(
  { plan, evidence }: RecordedWorld,
  reads: (expr: string) => boolean,
  recorded: Storage,
  others: Storage,
): Track | undefined {
  return plan.tracks.find((track) => {
    const expr = plan.rules[track.alert]?.runExpr ?? '';
    if (!reads(expr)) return false;
    const gives = instanceIn(expr, track.labels);
    const seen = activeAt(track, evidence).filter((tMs) => gives(recorded, tMs));
    return seen.length > 0 && !seen.some((tMs) => gives(others, tMs));
  });
}

/** Whether an expression gives an instance with these labels, over samples at a moment. */
function instanceIn(
  expr: string,
  labels: Record<string, string>,
): (storage: Storage, tMs: number) => boolean {
  const parsed = parseExpr(expr);
  return (storage, tMs) => {
    if (!('expr' in parsed)) return false;
    const context = { storage, tMs, stepMs: STEP_MS, budget: { samples: BUDGET } };
    try {
      return elementsOf(parsed.expr, context).some((element) => hasAll(element.labels, labels));
    } catch {
      return false;
    }
  };
}

/** The evaluations at which the alert was pending or firing for the instance. */
function activeAt({ alert, labels }: Track, { series }: Evidence): number[] {
  return series
    .filter((one) => one.labels['__name__'] === 'ALERTS' && one.labels['alertname'] === alert)
    .filter((one) => hasAll(one.labels, labels))
    .flatMap(({ samples }) => samples.map(([at]) => at));
}

function hasAll(labels: Labels, wanted: Record<string, string>): boolean {
  return Object.entries(wanted).every(([label, value]) => labels[label] === value);
}

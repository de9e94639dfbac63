import { goesToAndFro } from '../lib/shapes.ts';
import { signature } from '../promql/evaluate/label-tools.ts';
import type { Bench } from './bench.ts';
import type { Course } from './timeline.ts';

/** More evaluations than this aren't looked at one by one. */
const MOST_LOOKED_AT = 600;

/**
 * Whether the alert does what a course says at every evaluation: what is found by halving may come
 * and go in between. It is quiet until it must be active; and where anything goes up and down, it
 * is so from the beginning, and one instance lasts until it fires.
 */
export function isSoThroughout(bench: Bench, course: Course): boolean {
  const { world, timeline } = course;
  const { settledAtMs, overAtMs, activeAtMs, firingAtMs } = timeline;
  const context = bench.context(world, overAtMs);
  const ids = (tMs: number): string[] =>
    bench.instances(context, tMs).map(({ labels }) => signature(labels));
  const isQuiet = (fromMs: number): boolean =>
    momentsOf(bench, fromMs, activeAtMs).every((tMs) => ids(tMs).length === 0);
  if (!world.series.some(({ shapes }) => shapes.some(goesToAndFro))) return isQuiet(overAtMs);
  const lasting = momentsOf(bench, activeAtMs, firingAtMs).reduce<string[] | undefined>(
    (kept, tMs) => (kept ? ids(tMs).filter((id) => kept.includes(id)) : ids(tMs)),
    undefined,
  );
  return isQuiet(settledAtMs) && lasting?.length !== 0;
}

/** The evaluations of a stretch, its end not among them; none where there are too many. */
function momentsOf({ evaluationMs }: Bench, fromMs: number, toMs: number): number[] {
  const count = Math.round((toMs - fromMs) / evaluationMs);
  return count > MOST_LOOKED_AT
    ? []
    : Array.from({ length: count }, (_, i) => fromMs + i * evaluationMs);
}

import type { Segment } from '../../src/capacity/k6-operator/segments.ts';

/** The options of `k6 run` for a segment, as the operator gives them. */
export function segmentArguments({ segment, sequence }: Segment): string[] {
  return [`--execution-segment=${segment}`, `--execution-segment-sequence=${sequence}`];
}

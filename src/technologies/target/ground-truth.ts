import type { GroundTruth } from '../ground-truth.ts';

export const groundTruth: GroundTruth[] = [
  {
    name: 'target.up',
    meaning: "1 or 0, by what was done to the component of the series' `job`",
    from: { kind: 'up' },
  },
];

import { groundTruth } from './ground-truth.ts';
import type { Technology } from '../technology.ts';

/** What every scraped target has, whatever runs behind it: it can be gone. */
export const target: Technology = {
  name: 'target',
  components: [],
  groundTruth,
  stimuli: [
    {
      kind: 'outage',
      meaning: "no level: each job's component is frozen, stopped and started",
      level: null,
      signal: () => null,
      occupies: () => [],
      // 1 is up.
      recipe: { follows: 'at-once', series: [{ metric: 'up', at: (up) => up }] },
    },
  ],
};

import { groundTruth } from './ground-truth.ts';
import type { Stimulus } from '../../model/contract.ts';
import { SLOW_ANSWER_MS } from '../../model/world.ts';
import { serviceComponent } from '../service.ts';
import type { Part, Technology } from '../technology.ts';
import { errors, latency } from './recipes.ts';
import { requests } from './request-metrics.ts';

/**
 * Each request is answered by itself: a share of errors and a share of slow answers don't touch
 * each other.
 */
const answers =
  (part: string) =>
  ({ service = '' }: Stimulus): Part[] => [{ component: serviceComponent(service), part }];

/**
 * A service that counts its requests by status and times them, and answers as the load asks it to.
 */
export const httpService: Technology = {
  name: 'http-service',
  components: [],
  groundTruth,
  requests,
  stimuli: [
    {
      kind: 'request-errors',
      meaning: "share of a `service`'s requests that are answered with a 5xx",
      level: { min: 0, max: 1 },
      needsService: true,
      signal: ({ service = '' }) => `load.errors.${service}`,
      occupies: answers('errors'),
      recipe: errors,
    },
    {
      kind: 'request-latency',
      meaning: "share of a `service`'s requests that take 1.2 s; a tenth of the others takes 0.9 s",
      level: { min: 0, max: 1 },
      needsService: true,
      signal: ({ service = '' }) => `load.slow.${service}`,
      occupies: answers('latency'),
      // A slow answer is counted when it ends.
      responseMs: () => SLOW_ANSWER_MS,
      recipe: latency,
    },
  ],
};

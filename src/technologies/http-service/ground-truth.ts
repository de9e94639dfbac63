import { level } from '../ground-truth.ts';
import type { GroundTruth } from '../ground-truth.ts';
import { requests } from './request-metrics.ts';

export const groundTruth: GroundTruth[] = [
  {
    name: 'http.requests',
    meaning: "requests, k6's own count for the series' `job`",
    from: { kind: 'requests', which: 'all' },
  },
  {
    name: 'http.errors',
    meaning: "requests that were answered with a 5xx, k6's own count; a 4xx is no error",
    from: { kind: 'requests', which: 'errors' },
  },
  ...(['0.5', '0.95', '0.99'] as const).map((quantile): GroundTruth => ({
    name: `http.response_time_p${Number(quantile) * 100}`,
    meaning: `quantile ${quantile} of the response time in seconds; within the bucket that k6's own names`,
    from: { kind: 'response-time', quantile },
  })),
  level(
    'http.connections',
    requests.connections,
    "open connections of the series' `job`, by the kernel's table of sockets",
  ),
];

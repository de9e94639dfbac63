import { EXTRAPOLATION_THRESHOLD } from '../../lib/formulas.ts';
import { median } from '../../lib/statistics.ts';
import type { ProofEvidence } from '../../model/proof-evidence.ts';

/** A scrape that came late, and how long after the one before it. */
export interface LateScrape {
  job: string;
  /** Epoch ms. */
  at: number;
  afterMs: number;
}

/**
 * The scrape of these jobs that came latest between two moments (epoch ms); undefined: all came in
 * time. Late is what makes a rate less than it was, for as long.
 */
export function latestScrape(
  { scrapes }: ProofEvidence,
  jobs: string[],
  fromMs: number,
  toMs: number,
): LateScrape | undefined {
  return scrapes
    .flatMap(({ labels, samples }) => {
      const job = labels['job'] ?? '';
      return jobs.includes(job) ? lateOf(job, samples) : [];
    })
    .filter(({ at }) => at >= fromMs && at <= toMs)
    .sort((a, b) => b.afterMs - a.afterMs)[0];
}

function lateOf(job: string, samples: [number, number][]): LateScrape[] {
  const gaps = samples
    .slice(1)
    .map(([at], i) => ({ job, at, afterMs: at - (samples[i]?.[0] ?? at) }));
  const intervalMs = median(gaps.map(({ afterMs }) => afterMs));
  return gaps.filter(({ afterMs }) => afterMs > EXTRAPOLATION_THRESHOLD * intervalMs);
}

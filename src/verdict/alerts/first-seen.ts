import { stepName } from '../../lib/plan-names.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Phase, Track } from '../../model/track.ts';

/**
 * The earliest evaluation that a stimulus can show in, epoch ms. Nothing is done before its time;
 * but a scrape bears the time of its beginning and reads the target until its end, so one that was
 * under way may have seen it (Prometheus stores a sample at the time at which its scrape began:
 * scrape/scrape.go, `scrapeAndReport`).
 * @param otherwise when the phase began by the plan, for a stimulus that is not on record
 */
export function firstSeen(
  evidence: Evidence,
  { id, labels }: Track,
  phase: Phase,
  otherwise: number,
): number {
  const acted = evidence.timeline.find((entry) => entry.step === stepName({ track: id, phase }));
  const from = acted ? Math.min(acted.plannedAt, acted.at) : otherwise;
  const underWay = evidence.series
    .filter(
      (series) =>
        series.labels['__name__'] === 'scrape_duration_seconds' &&
        (labels['job'] === undefined || labels['job'] === series.labels['job']),
    )
    .flatMap(({ samples }) => samples)
    .filter(([at, seconds]) => at < from && at + seconds * 1_000 >= from);
  return Math.min(from, ...underWay.map(([at]) => at));
}

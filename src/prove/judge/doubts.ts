import { SLOW_SCRAPE_MS } from '../../model/proof-plan.ts';
import type { ProofEvidence } from '../../model/proof-evidence.ts';
import type { ProofTrack } from '../../model/proof-plan.ts';
import type { AlertProof, ProofFinding, ProofFindingId } from '../../model/proof-verdict.ts';
import { latestScrape } from './late-scrapes.ts';
import { seconds } from './finding.ts';

/** Findings that a machine without time may have caused. */
const TIMED: ReadonlySet<ProofFindingId> = new Set([
  'fired-below-limit',
  'pending-late',
  'fired-early',
  'fired-late',
  'received-late',
  'not-resolved',
  'fired-unforeseen',
  'silent-beside-others',
]);
/**
 * Findings that a scrape which came late may have caused: what is seen later, and a rate that is
 * less for a moment. Who was told, and when, follows from evaluations alone.
 */
const SEEN_LATE: ReadonlySet<ProofFindingId> = new Set([
  'pending-late',
  'fired-late',
  'not-resolved',
]);
/** A harness that was held up longer than this may have been late with anything, ms. */
const HELD_UP_MS = 400;

/** What a machine without time may have caused is no finding, and no pass. */
export function withDoubts(
  proof: AlertProof,
  evidence: ProofEvidence,
  track: ProofTrack | undefined,
): AlertProof {
  if (proof.findings.length === 0) return proof;
  const comesAndGoes = (proof.life?.pending.length ?? 0) > 0;
  const mayBe =
    (ids: ReadonlySet<ProofFindingId>) =>
    ({ id }: ProofFinding): boolean =>
      ids.has(id) || (id === 'never-fired' && comesAndGoes);
  const why = doubtOf(evidence, track);
  const late = track && seenLate(evidence, track);
  if (why !== undefined && proof.findings.every(mayBe(TIMED)))
    return { ...proof, outcome: 'inconclusive', why };
  if (late !== undefined && proof.findings.every(mayBe(SEEN_LATE)))
    return { ...proof, outcome: 'inconclusive', why: late };
  return { ...proof, outcome: 'failed' };
}

/** What a run's own clockwork lacked, as far as an alert may have felt it. */
function doubtOf(evidence: ProofEvidence, track: ProofTrack | undefined): string | undefined {
  if (evidence.missedEvaluations > 0)
    return `Prometheus missed ${evidence.missedEvaluations} evaluations`;
  if (evidence.worstLagMs > HELD_UP_MS)
    return `the harness was held up for ${seconds(evidence.worstLagMs)}`;
  const slow = track?.series.find(
    ({ job }) => (evidence.slowestScrapeMs[job] ?? 0) > SLOW_SCRAPE_MS,
  );
  return (
    slow &&
    `a scrape of job ${slow.job} took ${seconds(evidence.slowestScrapeMs[slow.job] ?? 0)}: ` +
      'its samples are of another moment than they say'
  );
}

/** A scrape of what an alert reads that came late in its life. */
function seenLate(evidence: ProofEvidence, track: ProofTrack): string | undefined {
  const jobs = track.series.map(({ job }) => job);
  const t0 = evidence.t0 ?? evidence.startedAt;
  const late = latestScrape(evidence, jobs, t0 + track.startMs, t0 + track.endMs);
  return (
    late && `Prometheus scraped job ${late.job} ${seconds(late.afterMs)} after the time before`
  );
}

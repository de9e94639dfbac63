import { carries } from '../../lib/carries.ts';
import type { ProofEvidence } from '../../model/proof-evidence.ts';
import type { ProofTrack } from '../../model/proof-plan.ts';

/**
 * What Prometheus writes into a text whose template fails, and what Go's templates write for what
 * isn't there.
 */
const BROKEN = /<error expanding template[^>]*>?|<no value>/;

export interface BrokenText {
  /** Annotation or label. */
  name: string;
  text: string;
}

/**
 * Annotations and labels of an alert that didn't become what they should. What asks Prometheus for
 * other series finds here those alone that alerts are provoked with.
 */
export function brokenTexts(
  evidence: Pick<ProofEvidence, 'annotations'>,
  track: ProofTrack,
): BrokenText[] {
  const filled = evidence.annotations.filter(
    ({ labels }) => labels['alertname'] === track.alert.name && carries(labels, track.labels),
  );
  const found = new Map<string, string>();
  for (const { labels, annotations } of filled)
    for (const [name, text] of [...Object.entries(labels), ...Object.entries(annotations)])
      if (BROKEN.test(text) && !track.asksBack.includes(name)) found.set(name, text);
  return [...found].map(([name, text]) => ({ name, text }));
}

import { titleOf } from '../../../model/expectation-kinds.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { count } from '../../text.ts';

/** How many of a row's expectations were kept. */
export function keptText(verdicts: Verdict[]): string {
  const kept = verdicts.filter((v) => v.outcome === 'pass').length;
  if (verdicts.length === 0) return 'not judged';
  return kept === verdicts.length
    ? `${count(kept, 'expectation')} kept`
    : `${kept} of ${count(verdicts.length, 'expectation')} kept`;
}

/** A life in words, for those who can't see it drawn. */
export function describedText(name: string, verdicts: Verdict[]): string {
  const told = verdicts.map(
    (v) => `${titleOf(v.expectation)} ${v.outcome === 'pass' ? (v.measured ?? 'kept') : v.outcome}`,
  );
  return `Life of ${name}: ${told.join('; ') || 'not judged'}`;
}

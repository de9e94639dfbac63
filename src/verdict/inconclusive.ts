import type { Verdict } from '../model/verdict.ts';

/**
 * A failure that can't be believed becomes inconclusive, with the reasons; never a pass. Without a
 * reason, and of what didn't fail, it stays what it was.
 * @param reasons what the machine or the harness did, each with its figure
 */
export function inconclusive(verdict: Verdict, reasons: string[]): Verdict {
  const { finding } = verdict;
  if (verdict.outcome !== 'fail' || !finding || reasons.length === 0) return verdict;
  const why = [...new Set(reasons)].join('; ');
  return {
    ...verdict,
    outcome: 'inconclusive',
    finding: {
      ...finding,
      id: 'could-not-judge',
      likelyCause: `The machine or the harness was at fault: ${why}. (${finding.likelyCause})`,
    },
  };
}

import type { Judgement, Outcome, Verdict } from '../model/verdict.ts';

/** What all verdicts come to together: what nothing was compared with is not proved. */
export function conclusionOf(
  verdicts: Verdict[],
): Pick<Judgement, 'verdicts' | 'counts' | 'outcome' | 'exitCode'> {
  const count = (outcome: Outcome): number => verdicts.filter((v) => v.outcome === outcome).length;
  const counts = { pass: count('pass'), fail: count('fail'), inconclusive: count('inconclusive') };
  if (counts.fail > 0) return { outcome: 'fail', exitCode: 1, verdicts, counts };
  return counts.inconclusive > 0 || counts.pass === 0
    ? { outcome: 'inconclusive', exitCode: 2, verdicts, counts }
    : { outcome: 'pass', exitCode: 0, verdicts, counts };
}

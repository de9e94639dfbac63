import { subjectId } from '../model/expectation.ts';
import type { Judgement, Verdict } from '../model/verdict.ts';

/**
 * What of a proof couldn't be judged though the run came to its end, by the names that a selection
 * takes (`alert/HighErrorRate`, `metric/up`): it may be done again. Nothing where a target was
 * never scraped, since that has its own finding and stays so.
 */
export function spoiltIn({ verdicts, interruption }: Judgement): string[] {
  const isFaulty = verdicts.some(({ finding }) => finding?.id === 'target-not-scraped');
  if (interruption !== null || isFaulty) return [];
  // What was never quiet is a finding: no machine spoilt what couldn't be judged for it.
  const restless = new Set(
    verdicts
      .filter(({ finding }) => finding?.id === 'fired-below-limit')
      .map(({ expectation }) => subjectId(expectation.subject)),
  );
  const spoilt = verdicts.filter(
    ({ outcome, expectation }) =>
      outcome === 'inconclusive' && !restless.has(subjectId(expectation.subject)),
  );
  return [
    ...new Set(
      spoilt.flatMap(
        ({ expectation, spoiltTracks }) =>
          spoiltTracks?.map((track) => `alert/${track}`) ?? selectedBy(expectation.subject),
      ),
    ),
  ];
}

function selectedBy(subject: Verdict['expectation']['subject']): string[] {
  switch (subject.about) {
    case 'alert':
      return [`alert/${subject.track}`];
    case 'metric':
      return [`metric/${subject.metric}`];
    case 'panel':
      return [`panel/${subject.dashboard}/${subject.panel}`];
    case 'run':
      return [];
  }
}

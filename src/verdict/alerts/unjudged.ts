import type { Evidence } from '../../model/evidence.ts';
import { subjectId } from '../../model/expectation.ts';
import type { Subject } from '../../model/expectation.ts';
import type { Finding } from '../../model/finding.ts';
import type { Plan } from '../../model/plan.ts';
import type { Track } from '../../model/track.ts';
import type { Verdict } from '../../model/verdict.ts';
import { INTERRUPTED } from '../unjudged.ts';
import { sourceOf } from './verdicts.ts';

/** The verdict on a track that the run didn't come to the end of. */
export function unjudgedTrack(
  plan: Plan,
  { alert, id }: Pick<Track, 'alert' | 'id'>,
  evidence: Evidence,
): Verdict {
  return unjudged({ about: 'alert', alert, track: id }, evidence, sourceOf(plan, alert));
}

/** What an interrupted run leaves about itself. */
export function unjudgedRun(evidence: Evidence): Verdict {
  return unjudged({ about: 'run' }, evidence, null);
}

function unjudged(
  subject: Subject,
  { interruption }: Evidence,
  source: Finding['source'],
): Verdict {
  return {
    expectation: { kind: 'judged', subject, phase: null },
    outcome: 'inconclusive',
    finding: {
      id: 'could-not-judge',
      title: `${subjectId(subject)} could not be judged`,
      source,
      query: null,
      expected: 'a run to the end of this track',
      seen: interruption?.detail ?? 'the run ended before it',
      likelyCause: INTERRUPTED,
    },
  };
}

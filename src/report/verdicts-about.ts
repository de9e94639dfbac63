import type { Subject } from '../model/expectation.ts';
import { subjectId } from '../model/expectation.ts';
import type { Track } from '../model/track.ts';
import type { Judgement, Verdict } from '../model/verdict.ts';

/** The verdicts about one kind of thing, in the judgement's order. */
export function verdictsAbout(judgement: Judgement, about: Subject['about']): Verdict[] {
  return judgement.verdicts.filter((v) => v.expectation.subject.about === about);
}

/** The verdicts about one thing: an alert's track, a metric at a job, a panel; by its id. */
export function verdictsOf(verdicts: Verdict[], id: string): Verdict[] {
  return verdicts.filter((v) => subjectId(v.expectation.subject) === id);
}

/** Whether a verdict is about a phase of this track: a life may be in two halves. */
export function isIn({ steps }: Track, { expectation: { phase } }: Verdict): boolean {
  return steps.some((step) => step.phase === phase);
}

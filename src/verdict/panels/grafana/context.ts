import type { Evidence } from '../../../model/evidence.ts';
import type { GrafanaEvidence } from '../../../model/grafana-evidence.ts';
import type { Plan } from '../../../model/plan.ts';
import type { SourceRef } from '../../../model/source.ts';
import type { Finding, FindingId, Verdict } from '../../../model/verdict.ts';

/** Everything the judgement of Grafana itself needs. */
export interface GrafanaContext {
  plan: Plan;
  evidence: Evidence;
  grafana: GrafanaEvidence;
}

/** What a verdict is about: a data source, a dashboard, a rule; and what of it is expected. */
export interface Subject {
  /** Behind `Grafana/`. */
  name: string;
  expectation: string;
  source: SourceRef | null;
}

const SUBJECT = 'Grafana';

function base({
  name,
  expectation,
}: Subject): Pick<Verdict, 'about' | 'subject' | 'track' | 'expectation'> {
  return { about: 'panel', subject: SUBJECT, track: `${SUBJECT}/${name}`, expectation };
}

/** A verdict about Grafana that passed. */
export function good(subject: Subject, measured: string): Verdict {
  return { ...base(subject), outcome: 'pass', measured };
}

/** A verdict about Grafana that failed. */
export function bad(
  subject: Subject,
  id: FindingId,
  finding: Omit<Finding, 'id' | 'source' | 'query'>,
): Verdict {
  return {
    ...base(subject),
    outcome: 'fail',
    finding: { id, source: subject.source, query: null, ...finding },
  };
}

/** A verdict about Grafana that couldn't be reached, with what was in the way. */
export function open(subject: Subject, seen: string, likelyCause: string): Verdict {
  return {
    ...bad(subject, 'could-not-judge', {
      title: `${subject.name} could not be judged in Grafana`,
      expected: subject.expectation,
      seen,
      likelyCause,
    }),
    outcome: 'inconclusive',
  };
}

/** Why something couldn't be asked of Grafana, in its own words. */
export function errorOf(grafana: GrafanaEvidence, what: string): string {
  return grafana.queryErrors.find(({ query }) => query === what)?.error ?? 'it was never asked';
}

/** Where a question that stays open may come from. */
export const NO_ANSWER =
  'Grafana did not answer: its log is in logs/grafana.log of the run folder.';

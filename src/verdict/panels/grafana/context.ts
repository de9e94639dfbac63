import type { Evidence } from '../../../model/evidence.ts';
import type { GrafanaEvidence } from '../../../model/grafana-evidence.ts';
import { titleOf } from '../../../model/expectation-kinds.ts';
import type { FindingOf } from '../../../model/expectation-kinds.ts';
import type { PanelExpectation } from '../../../model/expectation.ts';
import type { Plan } from '../../../model/plan.ts';
import type { SourceRef } from '../../../model/source.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Verdict } from '../../../model/verdict.ts';
import type { Expected } from '../verdicts.ts';

/** Everything the judgement of Grafana itself needs. */
export interface GrafanaContext {
  plan: Plan;
  evidence: Evidence;
  grafana: GrafanaEvidence;
}

/** What of Grafana itself is expected. */
export type Kind = Extract<
  Expected['kind'],
  'grafana-is-healthy' | 'grafana-reaches' | 'grafana-has' | 'grafana-evaluates' | 'browser-shows'
>;

/** What a verdict is about (a data source, a dashboard, a rule), and what of it is expected. */
export interface Subject<K extends Kind = Kind> {
  /** Behind `Grafana/`. */
  name: string;
  kind: K;
  source: SourceRef | null;
}

function expectationOf({ name, kind }: Subject): PanelExpectation {
  return { kind, subject: { about: 'panel', dashboard: 'Grafana', panel: name }, phase: null };
}

/** A verdict about Grafana that passed. */
export function good(subject: Subject, measured: string): Verdict {
  return { expectation: expectationOf(subject), outcome: 'pass', measured };
}

/** A verdict about Grafana that failed. */
export function bad<K extends Kind>(
  subject: Subject<K>,
  id: FindingOf<K>,
  finding: Omit<Finding, 'id' | 'source' | 'query'>,
): Verdict {
  return {
    expectation: expectationOf(subject),
    outcome: 'fail',
    finding: { id, source: subject.source, query: null, ...finding },
  };
}

/** A verdict about Grafana that couldn't be reached, with what was in the way. */
export function open(subject: Subject, seen: string, likelyCause: string): Verdict {
  return {
    ...bad(subject, 'could-not-judge', {
      title: `${subject.name} could not be judged in Grafana`,
      expected: titleOf(expectationOf(subject)),
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

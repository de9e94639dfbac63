import type { FindingOf } from '../../model/expectation-kinds.ts';
import type {
  Expectation,
  MetricExpectation,
  MetricSubject,
  WithoutSubject,
} from '../../model/expectation.ts';
import type { Finding } from '../../model/finding.ts';
import type { Verdict } from '../../model/verdict.ts';
import { unjudged } from '../unjudged.ts';
import type { MetricContext } from './context.ts';

/** What is expected of a metric, but for the metric and its job: their context knows those. */
export type Expected = WithoutSubject<MetricExpectation>;

/** What is expected of a metric whatever happens in the run. */
export function always<Kind extends Exclude<Expected['kind'], 'equals-truth'>>(
  kind: Kind,
): { kind: Kind; phase: null } {
  return { kind, phase: null };
}

type Subject = Pick<MetricContext, 'metric' | 'job'>;

function expectationOf({ metric, job }: Subject, expected: Expected): MetricExpectation {
  return { ...expected, subject: subjectOf({ metric, job }) };
}

function subjectOf({ metric, job }: Subject): MetricSubject {
  return { about: 'metric', metric: metric.name, job };
}

/** A metric's verdict that passed. */
export function passed(c: Subject, expected: Expected, measured: string): Verdict {
  return { expectation: expectationOf(c, expected), outcome: 'pass', measured };
}

/** A metric's verdict that failed; it points at the promise in the contract. */
export function failed<E extends Expected>(
  c: Subject,
  expected: E,
  id: FindingOf<E['kind']>,
  finding: Omit<Finding, 'id' | 'source' | 'query'> & { query?: string },
): Verdict {
  const { query, ...rest } = finding;
  return {
    expectation: expectationOf(c, expected),
    outcome: 'fail',
    finding: { id, source: c.metric.source, query: query ?? null, ...rest },
  };
}

/**
 * A metric's verdict that couldn't be reached.
 * @param expected null: nothing of the metric was judged
 */
export function unjudgedMetric(
  c: Subject,
  expected: Expected | null,
  seen: string,
  likelyCause: string,
): Verdict {
  const expectation: Expectation = expected
    ? expectationOf(c, expected)
    : { kind: 'judged', subject: subjectOf(c), phase: null };
  return unjudged(expectation, `${c.metric.name} of ${c.job}`, {
    source: c.metric.source,
    seen,
    likelyCause,
  });
}

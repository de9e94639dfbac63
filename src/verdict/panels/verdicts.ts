import type { FindingOf } from '../../model/expectation-kinds.ts';
import type {
  Expectation,
  PanelExpectation,
  PanelSubject,
  WithoutSubject,
} from '../../model/expectation.ts';
import type { Finding } from '../../model/finding.ts';
import type { Verdict } from '../../model/verdict.ts';
import { unjudged } from '../unjudged.ts';
import type { Answered, PanelContext } from './context.ts';

/** What is expected of a panel, but for the panel: its context knows that. */
export type Expected = WithoutSubject<PanelExpectation>;
type Subject = Pick<PanelContext, 'panel'>;

function subjectOf({ panel: { dashboard, title } }: Subject): PanelSubject {
  return { about: 'panel', dashboard, panel: title };
}

function expectationOf(c: Subject, expected: Expected): PanelExpectation {
  return { ...expected, subject: subjectOf(c) };
}

/** A panel's verdict that passed. */
export function passed(c: Subject, expected: Expected, measured: string): Verdict {
  return { expectation: expectationOf(c, expected), outcome: 'pass', measured };
}

/** A panel's verdict that failed; it points at the query, or at the panel. */
export function failed<E extends Expected>(
  c: Subject,
  expected: E,
  id: FindingOf<E['kind']>,
  finding: Omit<Finding, 'id' | 'source' | 'query'> & { at?: Answered },
): Verdict {
  const { at, ...rest } = finding;
  return {
    expectation: expectationOf(c, expected),
    outcome: 'fail',
    finding: {
      id,
      source: at?.query.source ?? c.panel.source,
      query: at?.query.expr ?? null,
      ...rest,
    },
  };
}

/**
 * A panel's verdict that couldn't be reached.
 * @param expected null: nothing of the panel was judged
 */
export function unjudgedPanel(
  c: Subject,
  expected: Expected | null,
  seen: string,
  likelyCause: string,
): Verdict {
  const expectation: Expectation = expected
    ? expectationOf(c, expected)
    : { kind: 'judged', subject: subjectOf(c), phase: null };
  return unjudged(expectation, c.panel.id, { source: c.panel.source, seen, likelyCause });
}

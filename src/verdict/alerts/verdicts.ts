import type { FindingOf } from '../../model/expectation-kinds.ts';
import type { AlertExpectation, WithoutSubject } from '../../model/expectation.ts';
import type { Finding } from '../../model/finding.ts';
import type { Plan } from '../../model/plan.ts';
import type { Figure, Verdict } from '../../model/verdict.ts';
import type { TrackContext } from './context.ts';

/** What is expected of an alert, but for the alert: its context knows that. */
export type Expected = WithoutSubject<AlertExpectation>;
/** What a verdict is filed under: an instance of an alert, or the alert as a whole. */
export type Subject = Pick<TrackContext, 'plan' | 'alert'> & { track: { id: string } };

/** A verdict that passed, with what shows it in words and as a figure. */
export function pass(
  subject: Subject,
  expected: Expected,
  measured?: string,
  figure?: Figure,
): Verdict {
  return {
    expectation: expectationOf(subject, expected),
    outcome: 'pass',
    ...(measured === undefined ? {} : { measured }),
    ...(figure === undefined ? {} : { figure }),
  };
}

/** A verdict that failed, with its finding; source and query come from the alert's rule. */
export function fail<E extends Expected>(
  subject: Subject,
  expected: E,
  id: FindingOf<E['kind']>,
  finding: Omit<Finding, 'id' | 'source' | 'query'> & { figure?: Figure },
): Verdict {
  const { plan, alert } = subject;
  const { figure, ...rest } = finding;
  return {
    expectation: expectationOf(subject, expected),
    outcome: 'fail',
    ...(figure === undefined ? {} : { figure }),
    finding: {
      id,
      source: sourceOf(plan, alert.alert),
      query: plan.rules[alert.alert]?.expr ?? null,
      ...rest,
    },
  };
}

/** Where an alert's rule stands. */
export function sourceOf({ rules }: Plan, alert: string): Finding['source'] {
  const rule = rules[alert];
  return rule ? { file: rule.file, line: rule.line, column: rule.column } : null;
}

function expectationOf({ alert, track }: Subject, expected: Expected): AlertExpectation {
  return { ...expected, subject: { about: 'alert', alert: alert.alert, track: track.id } };
}

/** A duration as a verdict's figure. */
export function timed(ms: number): Figure {
  return { seconds: Math.round(ms) / 1_000 };
}

/** Seconds with two decimals. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

import type { Bounds } from '../../ground-truth/evaluate.ts';
import type { Verdict } from '../../model/verdict.ts';
import { compareSeries } from './compare-series.ts';
import type { Compared } from './compare-series.ts';
import { failed, passed, unjudgedPanel } from './verdicts.ts';
import type { Answered, PanelContext } from './context.ts';
import type { Expected } from './verdicts.ts';
import type { Known } from './known.ts';

/** Fewer points or slots than this prove nothing. */
const LEAST = 2;
/** Values are compared as they were computed. */
const ROUNDING = 1e-6;

type ShowsTruth = Extract<Expected, { kind: 'shows-truth' }>;

/** A query that shows a quantity known from outside, and its values beside what was known. */
interface Shown {
  answered: Answered;
  /** The quantity, as the contract says it. */
  shows: string;
  compared: Compared[];
}

/**
 * What a panel shows is what was really done: one verdict for each query that shows a quantity
 * known from outside.
 */
export function showsTruth(c: PanelContext, known: Known): Verdict[] {
  return c.answered.flatMap((answered) => {
    const { shows } = answered.query;
    if (shows === null || answered.series.length === 0) return [];
    const compared = answered.series.flatMap((one) => compareSeries(one, answered, shows, known));
    return [verdictOn(c, { answered, shows, compared }, known.t0)];
  });
}

function verdictOn(c: PanelContext, shown: Shown, t0: number): Verdict {
  const { answered, shows, compared } = shown;
  const { refId, instant } = answered.query;
  const expectation: ShowsTruth = {
    kind: 'shows-truth',
    phase: null,
    refId: c.answered.length === 1 ? null : refId,
  };
  const wrong = compared.filter(isBeyond);
  const [first] = wrong;
  if (first) return differs(c, expectation, shown, { first, count: wrong.length, t0 });
  if (compared.length < LEAST && !instant)
    return unjudgedPanel(
      c,
      expectation,
      `${compared.length} values could be compared with ${shows}`,
      'The run was too short or too unsteady for this panel.',
    );
  if (compared.length === 0)
    return unjudgedPanel(
      c,
      expectation,
      `no value could be compared with ${shows}`,
      'The run ended in a moment of change.',
    );
  return passed(c, expectation, `${compared.length} values of ${shows}`);
}

function isBeyond({ value, bounds: [low, high] }: Compared): boolean {
  return (
    value < low - ROUNDING * Math.abs(low) - ROUNDING ||
    value > high + ROUNDING * Math.abs(high) + ROUNDING
  );
}

function differs(
  c: PanelContext,
  expectation: ShowsTruth,
  { answered, shows, compared }: Shown,
  { first, count, t0 }: { first: Compared; count: number; t0: number },
): Verdict {
  const { at, value, bounds, labels } = first;
  return failed(c, expectation, 'panel-value-differs', {
    title: `${c.panel.id} shows something else than what was done`,
    expected: `${shows}: ${figures(bounds)}, ${((at - t0) / 1000).toFixed(1)} s after T0`,
    seen:
      `${figure(value)} for ${JSON.stringify(labels)}; ${count} of ` + `${compared.length} differ`,
    likelyCause:
      'The query counts something else, sums too much or too little, multiplies by a wrong ' +
      'factor, or its window is too wide.',
    at: answered,
  });
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function figures([low, high]: Bounds): string {
  return low === high ? figure(low) : `${figure(low)} to ${figure(high)}`;
}

import { children } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import { EvaluationError, TooExpensive, elementsOf } from '../promql/evaluate/index.ts';
import type { Context, Element } from '../promql/evaluate/index.ts';
import { signature } from '../promql/evaluate/label-tools.ts';
import { belowZero } from './below-zero.ts';
import { askedOfClock } from './clock-stretches.ts';
import { constantsOf } from './constants.ts';
import { leavesOf } from './leaves.ts';
import type { Leaf, Recorded } from './leaves.ts';
import { cumulated, widerThan } from './cumulative.ts';
import { labelsFor } from './label-values.ts';
import type { LabelChoice } from './label-values.ts';
import { neverNegativeBut } from './never-negative.ts';
import { withRecorded } from './recorded.ts';
import { readExpressions } from './read-expressions.ts';
import type { SolveRule } from './rules.ts';
import { seriesOf } from './placed-series.ts';
import type { State } from './states.ts';
import {
  countedRanges,
  momentStepMs,
  pickEvaluationMs,
  pickScrapeMs,
  rangesOf,
  waysOfReading,
} from './steps.ts';
import { storageOf } from './world.ts';
import type { World } from './world.ts';

/** How a world is set up where the expression leaves it open. */
export interface Setup {
  labels: LabelChoice;
  /** Whether copies of a series differ in labels, too, that something groups or joins by. */
  freeCopies: boolean;
  /** Whether they differ, on both sides alike, in labels that only joins within a group ask for. */
  freeJoins?: true;
  /** Whether they differ in their job. */
  ofAnyJob?: true;
  /** How many of each series there are before anything is moved. */
  copies: number;
  /** What a histogram's values are compared with. */
  bucketLimit: number;
  /** The world is this much older when something happens: for what looks at the clock. */
  shiftMs: number;
}

/** What may still be looked at, and how many times as much as usual it was to begin with. */
export interface Budget {
  samples: number;
  times: number;
}

/** What an evaluation costs beside the samples that it looks at, in samples. */
const EVALUATION = 300;
/** What a series of a world costs. */
const SERIES = 50;

/** One alert on the bench: its raw series, and what it says in any state of them. */
export class Bench {
  readonly rule: SolveRule;
  readonly expr: Expr;
  readonly leaves: readonly Leaf[];
  readonly labels: (Record<string, string> | undefined)[];
  /** Of each leaf the numbers of those that count no less than it. */
  private readonly wider: readonly number[][];
  readonly recorded: Recorded;
  readonly setup: Setup;
  readonly constants: number[];
  readonly windowMs: number;
  readonly scrapeMs: number;
  readonly evaluationMs: number;
  /** From here on windows are full. */
  readonly settledMs: number;
  /** When it has held for as long as `for` asks. */
  readonly heldMs: number;
  readonly budget: Budget;

  constructor(
    rule: SolveRule,
    expr: Expr,
    recorded: Recorded,
    scrapeMs: number,
    named: ReadonlySet<string>,
    setup: Setup,
    budget: Budget,
  ) {
    this.budget = budget;
    this.rule = rule;
    this.expr = expr;
    this.recorded = recorded;
    this.setup = setup;
    const leaves = leavesOf(expr, recorded);
    const free = leaves.map((leaf) => freed(leaf, setup));
    this.labels = labelsFor(readExpressions(expr, recorded), free, named, setup.labels);
    this.wider = widerThan(free, this.labels);
    this.constants = constantsOf(expr);
    const ranges = rangesOf(expr, recorded);
    this.windowMs = Math.max(0, ...free.map((l) => l.rangeMs), ...ranges);
    const { newest, looksBack } = waysOfReading(expr, recorded);
    const stepMs = momentStepMs(expr) ?? Infinity;
    this.scrapeMs = pickScrapeMs({
      configuredMs: Math.min(scrapeMs, stepMs),
      ranges: [
        ...ranges,
        ...countedRanges(expr, { recorded, scrapedEveryMs: rule.scrapedEveryMs }),
      ],
      windowMs: this.windowMs,
      lengthMs: setup.shiftMs + rule.forMs,
      newest,
    });
    this.leaves = free.map((leaf) => ({ ...leaf, scrapes: leaf.rangeMs / this.scrapeMs }));
    this.evaluationMs = pickEvaluationMs({
      configuredMs: Math.min(rule.evaluationMs, stepMs),
      lengthMs: this.windowMs + setup.shiftMs + rule.forMs,
      forMs: rule.forMs,
      looksBack,
      asksClock: askedOfClock(expr, recorded).length > 0,
    });
    this.settledMs = this.onGrid(
      this.windowMs + setup.shiftMs + 2 * Math.max(this.scrapeMs, this.evaluationMs),
    );
    this.heldMs = this.settledMs + this.onGrid(rule.forMs) + this.evaluationMs;
  }

  /** The next evaluation at or after a moment. */
  onGrid(ms: number): number {
    return Math.ceil(ms / this.evaluationMs) * this.evaluationMs;
  }

  /** The world that goes through these states, one after the other. */
  world(states: readonly State[], phasesMs: number[]): World {
    const free = this.leaves.map((leaf, i) => {
      const labels = this.labels[i];
      const own = states.flatMap((state) => state[i] ?? []);
      if (!labels) return [];
      const copies = Math.max(1, ...own.map((s) => s.copies));
      const buckets = { limit: this.setup.bucketLimit };
      const phases = own.map((state) => seriesOf(leaf, labels, state, copies, buckets));
      return (phases[0] ?? []).map((first, k) => ({
        labels: first.labels,
        shapes: phases.map((phase) => phase[k]?.shape ?? { kind: 'absent' as const }),
      }));
    });
    const series = cumulated(free, this.wider).flat();
    return { scrapeMs: this.scrapeMs, phasesMs, series: distinct(series) };
  }

  /** How far below 0 a world leads what never is there. */
  belowZero(world: World, untilMs: number): number {
    return belowZero(world, untilMs, neverNegativeBut(this.recorded));
  }

  context(world: World, tMs: number): Context {
    this.budget.samples -= EVALUATION + world.series.length * SERIES;
    if (this.budget.samples < 0) throw new TooExpensive('it takes too many trials');
    const storage = withRecorded(storageOf(world), this.recorded, this.evaluationMs, this.budget);
    return { storage, tMs, stepMs: this.evaluationMs, budget: this.budget, memo: new Map() };
  }

  /** What the alert's expression gives; nothing where the engine refuses. */
  instances(context: Context, tMs: number, expr: Expr = this.expr): Element[] {
    this.budget.samples -= EVALUATION;
    try {
      return elementsOf(expr, { ...context, tMs, knownMs: tMs });
    } catch (error) {
      if (error instanceof EvaluationError) return [];
      throw error;
    }
  }

  /** Whether any part of the expression matches this. */
  any(test: (expr: Expr) => boolean): boolean {
    const seen = new Set<string>();
    const go = (expr: Expr): boolean => {
      if (test(expr)) return true;
      if (expr.type === 'selector' && expr.name !== undefined && !seen.has(expr.name)) {
        seen.add(expr.name);
        return (this.recorded.get(expr.name) ?? []).some((r) => r.expr && go(r.expr));
      }
      return children(expr).some(go);
    };
    return go(this.expr);
  }
}

/** A leaf whose copies may differ in more labels. */
function freed(leaf: Leaf, { freeCopies, freeJoins, ofAnyJob }: Setup): Leaf {
  return {
    ...leaf,
    ...(freeJoins && { kept: new Set([...leaf.kept].filter((label) => !leaf.joined.has(label))) }),
    ...(freeCopies && { kept: new Set(), dropped: undefined }),
    ...(ofAnyJob && { ofAnyJob }),
  };
}

/** Series of the same labels are one: the first. */
function distinct(series: World['series']): World['series'] {
  const seen = new Set<string>();
  return series.filter(({ labels }) => {
    const key = signature(labels);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

import type { Expr, Matcher, Selector } from '../promql/ast.ts';
import { LOOKBACK_MS } from '../promql/lookback.ts';
import { samples } from '../promql/regex/sample.ts';
import { mostCopiesFor } from './counted.ts';
import type { SolveRule } from './rules.ts';
import { isSampledAt } from './moment-bounds.ts';
import { passesMatcher } from './matching.ts';
import { neverNegativeBut } from './never-negative.ts';
import { pushedInto } from './pushed-matchers.ts';
import { COUNTING, USES } from './uses.ts';
import type { Use } from './uses.ts';
import { isOfOneWhole } from './whole-histogram.ts';

/** Recording rules by the name that they record. */
export type Recorded = ReadonlyMap<string, SolveRule[]>;

/**
 * Raw series that an alert reads, through recording rules: those of one name with the same
 * matchers.
 */
export interface Leaf {
  metric: string;
  matchers: Matcher[];
  uses: Set<Use>;
  /** Whether its name says that it never falls below 0. */
  neverNegative: boolean;
  /** Whether it stands only where it must not be there: in `absent`, on the right of `unless`. */
  onlyAbsent: boolean;
  /** Labels by which it is told apart further out: copies mustn't differ in them. */
  kept: Set<string>;
  /** Of these, those that only a join asks for within what is aggregated without them. */
  joined: Set<string>;
  /** Where set, the only labels in which copies may differ: the outermost `without` drops them. */
  dropped: Set<string> | undefined;
  /** Whether copies may be of other jobs, too. */
  ofAnyJob?: true;
  /** Whether anything adds up, counts or compares several of them. */
  aggregated: boolean;
  /** The longest range that it is read over. */
  rangeMs: number;
  /** How many of it a world may have. */
  mostCopies: number;
  /** How many scrapes its range holds. */
  scrapes: number;
}

/** Where in an expression a selector stands. */
interface Path {
  negative: boolean;
  use: Use | undefined;
  buckets: boolean;
  native: boolean;
  /** Whether a quantile is of this alone, and of no bounds. */
  whole: boolean;
  kept: ReadonlySet<string>;
  joined: ReadonlySet<string>;
  dropped: ReadonlySet<string> | undefined;
  aggregated: boolean;
  rangeMs: number;
  pushed: readonly Matcher[];
  through: readonly string[];
}

const DEEPEST = 20;

/**
 * All raw series that an expression reads, through recording rules, those looked at in several ways
 * once.
 */
export function leavesOf(expr: Expr, recorded: Recorded): Leaf[] {
  const leaves = new Map<string, Leaf>();
  const mostCopies = mostCopiesFor(expr);
  visit(expr, recorded, leaves, {
    negative: false,
    use: undefined,
    buckets: false,
    native: false,
    whole: false,
    kept: new Set(),
    joined: new Set(),
    dropped: undefined,
    aggregated: false,
    rangeMs: 0,
    pushed: [],
    through: [],
  });
  return [...leaves.values()].map((leaf) => ({ ...leaf, mostCopies }));
}

function visit(expr: Expr, recorded: Recorded, leaves: Map<string, Leaf>, path: Path): void {
  const go = (e: Expr, change: Partial<Path> = {}): void =>
    visit(e, recorded, leaves, { ...path, ...change });
  switch (expr.type) {
    case 'selector':
      return enter(expr, recorded, leaves, path);
    case 'range':
      return go(expr.expr, {
        rangeMs: path.rangeMs + (expr.rangeMs ?? 0),
        // What is counted there is made of values.
        use: expr.subquery && path.use && COUNTING.has(path.use) ? undefined : path.use,
      });
    case 'modified': {
      const back = expr.modifier.kind === 'offset' ? Math.max(0, expr.modifier.ms ?? 0) : 0;
      return go(expr.expr, { rangeMs: path.rangeMs + back });
    }
    case 'unary':
      return go(expr.expr);
    case 'binary': {
      const on = expr.matching?.kind === 'on' ? expr.matching.labels.map((l) => l.name) : [];
      const kept = new Set([...path.kept, ...on]);
      const own = path.aggregated ? on.filter((label) => !path.kept.has(label)) : [];
      const joined = new Set([...path.joined, ...own]);
      go(expr.left, { kept, joined });
      return go(expr.right, { kept, joined, negative: path.negative !== (expr.op === 'unless') });
    }
    case 'aggregate': {
      const names = expr.grouping?.labels.map((l) => l.name) ?? [];
      const by = expr.grouping?.kind === 'by' ? names : [];
      const dropped = expr.grouping?.kind === 'without' ? new Set(names) : undefined;
      if (expr.param) go(expr.param);
      // Only the outermost aggregation must stay one group.
      return go(expr.expr, {
        kept: path.aggregated ? path.kept : new Set([...path.kept, ...by]),
        dropped: path.aggregated ? path.dropped : dropped,
        aggregated: true,
      });
    }
    case 'call': {
      const absent = expr.name === 'absent' || expr.name === 'absent_over_time';
      const change: Partial<Path> = {
        negative: path.negative !== absent,
        use: USES[expr.name] ?? path.use,
        buckets: path.buckets || expr.name === 'histogram_quantile',
        native: path.native || expr.name.startsWith('histogram_'),
        whole: path.whole || isOfOneWhole(expr),
      };
      for (const arg of expr.args)
        go(arg, isSampledAt(expr) ? { ...change, ...MOMENT(path) } : change);
      return;
    }
    case 'number':
    case 'string':
    case 'unknown':
  }
}

/** What asks when a series was sampled looks back for as long as a sample is found. */
const MOMENT = ({ rangeMs }: Path): Partial<Path> => ({
  use: 'moment',
  rangeMs: rangeMs + LOOKBACK_MS,
});

function enter(
  selector: Selector,
  recorded: Recorded,
  leaves: Map<string, Leaf>,
  path: Path,
): void {
  const matchers = [...selector.matchers, ...path.pushed];
  const rules = selector.name === undefined ? undefined : recorded.get(selector.name);
  if (rules && path.through.length < DEEPEST && !path.through.includes(selector.name ?? '')) {
    for (const rule of rules) {
      const inner = rule.expr && pushedInto(rule, matchers);
      if (rule.expr && inner)
        visit(rule.expr, recorded, leaves, {
          ...path,
          pushed: inner,
          through: [...path.through, selector.name ?? ''],
        });
    }
    return;
  }
  const metric = metricOf(selector);
  const own = matchers.filter((m) => m.label !== '__name__');
  const key = `${metric}{${own
    .map((m) => `${m.label}${m.op}${m.value}`)
    .sort()
    .join('\u0001')}}`;
  const leaf: Leaf = leaves.get(key) ?? {
    metric,
    matchers: own,
    uses: new Set(),
    neverNegative: neverNegativeBut(recorded)(metric),
    onlyAbsent: true,
    kept: new Set(),
    joined: new Set(),
    dropped: undefined,
    aggregated: false,
    rangeMs: 0,
    mostCopies: 1,
    scrapes: Infinity,
  };
  leaves.set(key, leaf);
  leaf.uses.add(useOf(metric, path));
  leaf.onlyAbsent &&= path.negative;
  leaf.aggregated ||= path.aggregated;
  if (path.dropped) leaf.dropped = new Set(path.dropped);
  leaf.rangeMs = Math.max(leaf.rangeMs, path.rangeMs);
  for (const label of path.kept) leaf.kept.add(label);
  for (const label of path.joined) leaf.joined.add(label);
}

function useOf(metric: string, path: Path): Use {
  if (path.buckets && (metric.endsWith('_bucket') || metric.endsWith(':bucket'))) return 'buckets';
  // What a quantile is joined with is no histogram: only what grows is, or what is there alone.
  if (path.native && (path.use === 'growth' || !path.buckets)) return 'native';
  if (path.whole && path.use === undefined) return 'standing';
  return path.use ?? 'value';
}

/** The metric's name; for a selector by a pattern one that passes. */
function metricOf(selector: Selector): string {
  if (selector.name !== undefined) return selector.name;
  const named = selector.matchers.filter((m) => m.label === '__name__');
  const tried = [...named.flatMap((m) => (m.op === '=~' ? samples(m.value) : [])), 'some_metric'];
  return tried.find((name) => named.every((m) => passesMatcher(m, name))) ?? 'some_metric';
}

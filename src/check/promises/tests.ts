import { formatDuration } from '../../lib/duration.ts';
import type { Promised } from './promised.ts';
import { findStimulus } from '../../technologies/registry.ts';
import { burstOf, seriesName, valuesOf } from './series.ts';
import type { Phase } from './series.ts';

/** One statement about an alert at a moment. */
export interface Assertion {
  /** Number within all tests: promtool's output tells it. */
  id: number;
  alert: string;
  /** What must be, for people: `firing at 5m30s`. */
  says: string;
  state: 'silent' | 'pending' | 'firing';
  atMs: number;
  expr: string;
  /** How many instances must be in this state. */
  count: 0 | 1;
}

/** One world and what must be seen in it. */
export interface TestGroup {
  name: string;
  alert: string;
  /** Evaluation interval of the alert's group, as the rule has it. */
  evaluationMs: number;
  scrapeMs: number;
  series: { series: string; values: string }[];
  assertions: Assertion[];
}

export interface Tests {
  groups: TestGroup[];
  notJudged: { alert: string; reason: string }[];
}

/** How an instance of the stack is scraped. */
export interface World {
  scrapeMs: number;
  evaluationMs: number;
  /** The jobs that export a metric, by the contract. */
  jobsOf: (metric: string) => string[];
  targetOf: (job: string) => string | undefined;
}

/** Evaluations that the world stays quiet before, and firing after. */
const AROUND = 4;

/**
 * Unit tests of the rules as they are, at real durations: just below the limit silent for ever; just above it pending
 * from the first evaluation on, firing after exactly ⌈F/E⌉ evaluations (rules/alerting.go, `Eval`), over when it is over.
 */
export function makeTests(promised: Promised[], world: World): Tests {
  const tests: Tests = { groups: [], notJudged: [] };
  let id = 0;
  for (const one of promised) {
    const made = testsOf(one, world, () => ++id);
    if (typeof made === 'string') tests.notJudged.push({ alert: one.name, reason: made });
    else tests.groups.push(...made);
  }
  return tests;
}

function testsOf(one: Promised, world: World, nextId: () => number): TestGroup[] | string {
  const { rule, forMs, kind } = one;
  if (!rule) return 'there is no rule of this name';
  if (!rule.expression.expr) return 'its expression is no PromQL';
  if (forMs === undefined) return "the contract's `for` is no duration";
  const evaluationMs = rule.group.intervalMs ?? world.evaluationMs;
  const { scrapeMs } = world;
  const pendingMs = Math.ceil(forMs / evaluationMs) * evaluationMs;
  const group = (
    name: string,
    series: TestGroup['series'],
    assertions: Assertion[],
  ): TestGroup => ({
    name: `${one.name}: ${name}`,
    alert: one.name,
    evaluationMs,
    scrapeMs,
    series,
    assertions,
  });
  const selector = (state: string, labels: Record<string, string>): string =>
    `count(ALERTS{${Object.entries({
      alertname: one.name,
      ...(state === '' ? {} : { alertstate: state }),
      ...labels,
    })
      .map(([k, v]) => `${k}=${JSON.stringify(v)}`)
      .join(',')}})`;
  let labels: Record<string, string> = {
    ...one.labels,
    ...(one.severity === undefined ? {} : { severity: one.severity }),
  };
  const assert = (state: Assertion['state'], atMs: number): Assertion => {
    const id = nextId();
    const says = `${state} at ${formatDuration(atMs)}`;
    const expr = state === 'silent' ? selector('', {}) : selector(state, labels);
    return {
      id,
      alert: one.name,
      says,
      state,
      atMs,
      expr: `${expr} # ${id}: ${says}`,
      count: state === 'silent' ? 0 : 1,
    };
  };
  const every = (state: Assertion['state'], fromMs: number, toMs: number): Assertion[] =>
    Array.from({ length: Math.max(0, Math.floor((toMs - fromMs) / evaluationMs) + 1) }, (_, i) =>
      assert(state, fromMs + i * evaluationMs),
    );
  if (kind === 'always')
    return [
      group(
        'always',
        [],
        [
          ...every('pending', 0, pendingMs - evaluationMs),
          ...every('firing', pendingMs, pendingMs + AROUND * evaluationMs),
        ],
      ),
    ];

  const recipe = kind === undefined ? undefined : findStimulus(kind)?.recipe;
  if (!recipe)
    return kind === undefined
      ? 'the contract names no stimulus'
      : `nobody knows which series the stimulus \`${kind}\` makes`;
  const [near, over] = kind === 'outage' ? [1, 0] : [one.near, one.over];
  if (near === undefined || over === undefined)
    return 'the contract names no levels `near` and `over`';
  const calm = one.calm ?? near;
  const job =
    one.labels['job'] ??
    one.service ??
    (kind === 'outage'
      ? world.jobsOf('up')
      : world.jobsOf(recipe.series[0]?.metric.replace(/_bucket$/, '') ?? ''))[0];
  if (job === undefined) return 'the contract names no job that exports its metrics';
  const instance = one.labels['instance'] ?? world.targetOf(job) ?? job;
  const given = { job, instance, ...one.labels };
  // The instance that is down is known by its job; of all others the contract says which labels identify them.
  if (kind === 'outage') labels = { ...labels, job, instance };

  const samples = (ms: number): number => Math.ceil(ms / scrapeMs);
  const series = (phases: Phase[]): TestGroup['series'] =>
    recipe.series.map((s) => ({
      series: seriesName(s, given),
      values: valuesOf(s, phases, scrapeMs / 1000, burstOf(recipe, one.windowMs)),
    }));
  /** The first evaluation that sees what the scrape at or after this moment brought. */
  const seen = (ms: number): number =>
    Math.ceil((samples(ms) * scrapeMs) / evaluationMs) * evaluationMs;

  const belowMs = seen(one.windowMs + pendingMs + AROUND * evaluationMs);
  const below = group(
    'just below the limit',
    series([{ level: near, samples: samples(belowMs) + 1 }]),
    every('silent', 0, belowMs),
  );

  // A window has to be full before its average is exact.
  const quietMs = seen((recipe.follows === 'window' ? one.windowMs : 0) + AROUND * evaluationMs);
  // A ratio of rates needs two samples.
  const activeMs = seen(quietMs + (recipe.follows === 'ratio' ? scrapeMs : 0));
  const firingMs = activeMs + pendingMs;
  const backMs = firingMs + AROUND * evaluationMs;
  const overMs = seen(backMs + (recipe.follows === 'at-once' ? 0 : one.windowMs + scrapeMs));
  const quiet = samples(quietMs);
  const phases: Phase[] = [
    { level: recipe.follows === 'ratio' ? undefined : near, samples: quiet },
    { level: over, samples: samples(backMs) - quiet },
    { level: calm, samples: samples(overMs + AROUND * evaluationMs) - samples(backMs) + 1 },
  ];
  const above = group('just above the limit', series(phases), [
    ...every('silent', 0, activeMs - evaluationMs),
    ...every('pending', activeMs, firingMs - evaluationMs),
    ...every('firing', firingMs, backMs - evaluationMs),
    ...every('silent', overMs, overMs + AROUND * evaluationMs),
  ]);
  return [below, above];
}

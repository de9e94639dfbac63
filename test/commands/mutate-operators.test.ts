import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { examplesOf } from '../../src/check/index.ts';
import { judgeAll } from '../../src/commands/mutate/judge-all.ts';
import { promisedSubjects } from '../../src/commands/mutate/subjects.ts';
import { findPromtool } from '../../src/commands/promtool.ts';
import { createProgress } from '../../src/lib/progress.ts';
import type { Fate, MutantResult } from '../../src/model/mutation.ts';
import { EXPRESSION_OPERATORS } from '../../src/mutate/expression/index.ts';
import { GROUP_OPERATORS } from '../../src/mutate/group.ts';
import { ruleMutants } from '../../src/mutate/mutants.ts';
import { RULE_OPERATORS } from '../../src/mutate/rule/index.ts';
import { readStack } from '../../src/stack/index.ts';
import { MISTAKEN_RULES } from '../support/mistaken-stack.ts';

const promtool = await findPromtool();
const dir = mkdtempSync(join(tmpdir(), 'gtv-mutate-operators-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const files = [{ path: 'rules.yml', text: MISTAKEN_RULES }];
const stack = readStack(files);

type Row = [operator: string, subject: string, change: string, fate: Fate, because: RegExp];
const NEAR = /^\w+: just below the limit, it is active at \w+: look at `expr` first$/;
const OVER = /^\w+: just above the limit, it is not active at \w+: look at `expr` first$/;
const SAME = /^Its syntax tree means the same\.$/;
const LABELS = /^\w+: just above the limit, what fires has other labels at .*look at `labels`/;
const KEPT = /^ErrorsHigh: when all is calm, it is .*: look at `keep_firing_for` first/;
const TEXT = /a promise about the text would tell/;
const RATIO = 'record job:errors:ratio';
const ERRORS = 'sum by (job) (rate(e_total{code=~"5.."}[5m]))';
const ALL = 'sum by (job) (rate(e_total[5m]))';
const QUEUE = 'Queue of {{ $labels.queue';
const SHARE = 'They are {{ $value | humanizePercentage }}.';

/** Each mistake on this stack: exactly this mutant, and this is what becomes of it. */
const ROWS: Row[] = [
  ['limit-moved', 'alert Full', '0.8 → 0.824', 'killed', OVER],
  ['limit-moved', 'alert Full', '0.8 → 0.776', 'killed', NEAR],
  ['limit-moved', 'alert NotUpToDate', '0 → 1', 'survived', /^No level lies between 0 and 1/],
  ['limit-slipped', 'alert Slow', '2 → 120', 'killed', OVER],
  ['constant-changed', 'alert QueueLong', '2 → 4', 'killed', NEAR],
  ['constant-changed', 'alert Fell', '2 → 4', 'survived', /with 2 and with 4: closer ones/],
  ['argument-changed', 'alert Slow', '0.95 → 0.5', 'killed', OVER],
  ['comparison-turned', 'alert Ended', '> → <', 'killed', OVER],
  ['comparison-inclusive', 'alert Fell', '< → <=', 'killed', NEAR],
  ['comparison-inclusive', 'alert Ended', '> → >=', 'survived', /exactly at the limit/],
  ['set-operator-swapped', 'alert NotUpToDate', 'and → or', 'killed', NEAR],
  ['set-operator-swapped', 'alert NotUpToDate', 'unless → and', 'killed', OVER],
  ['arithmetic-swapped', 'alert QueueLong', '* → /', 'killed', OVER],
  ['arithmetic-swapped', 'alert Full', '/ → *', 'survived', /right side of 1, \/ and \* agree/],
  ['operands-swapped', RATIO, `${ERRORS} / ${ALL} → ${ALL} / ${ERRORS}`, 'killed', NEAR],
  ['bool-added', 'alert Slow', ' →  bool', 'killed', NEAR],
  ['bool-dropped', 'alert NotUpToDate', 'bool → ', 'killed', OVER],
  ['function-swapped', 'alert Slow', 'rate → irate', 'killed', NEAR],
  ['function-swapped', 'alert Slow', 'rate → increase', 'equivalent', SAME],
  ['function-swapped', RATIO, 'rate → irate', 'survived', /a burst, a jump or a reset would/],
  ['aggregation-swapped', 'alert Slow', 'sum → count', 'killed', OVER],
  ['aggregation-swapped', 'alert Slow', 'sum → avg', 'equivalent', SAME],
  ['aggregation-swapped', 'alert Slow', 'sum → max', 'survived', /two series with different/],
  ['matcher-dropped', RATIO, 'code=~"5.." → ', 'killed', NEAR],
  ['matcher-dropped', 'alert Full', 'disk="a" → ', 'survived', /A series that disk="a" leaves out/],
  ['matcher-negated', 'alert Full', '= → !=', 'killed', OVER],
  ['matcher-widened', 'alert Full', '="a" → =~"a.*"', 'survived', /value only begins alike/],
  ['matcher-misspelt', RATIO, '"5.." → "5..x"', 'killed', OVER],
  ['group-label-dropped', 'alert Slow', '(job, le) → (job)', 'killed', OVER],
  ['group-label-dropped', 'alert Slow', '(job, le) → (le)', 'killed', LABELS],
  ['group-label-added', 'alert Slow', '(job, le) → (job, le, instance)', 'killed', LABELS],
  ['by-becomes-without', 'alert Slow', 'by → without', 'killed', OVER],
  ['grouping-dropped', 'alert Slow', 'by (job, le) → ', 'killed', OVER],
  ['matching-swapped', 'alert Full', 'on → ignoring', 'survived', /A second pair of series/],
  [
    'matching-label-dropped',
    'alert Full',
    '(instance, disk) → (disk)',
    'survived',
    /differ in this/,
  ],
  [
    'matching-dropped',
    'alert NotUpToDate',
    'on (job) → ',
    'survived',
    /different labels would tell/,
  ],
  ['group-side-swapped', 'alert Full', 'group_left → group_right', 'survived', /Several series/],
  ['carried-label-dropped', 'alert Full', '(pool) → ()', 'survived', /one of \(pool\) would tell/],
  ['range-changed', 'alert Slow', '5m → 2m30s', 'killed', NEAR],
  [
    'range-changed',
    RATIO,
    '5m → 10m',
    'killed',
    /not pending at 15m30s: look at `expr`: its window/,
  ],
  ['range-changed', RATIO, '5m → 2m30s', 'survived', /lasts longer than one of 5m and 2m30s/],
  ['range-under-two-scrapes', 'alert Slow', '5m → 15s', 'killed', OVER],
  ['range-under-two-scrapes', RATIO, '5m → 15s', 'killed', OVER],
  ['offset-dropped', 'alert Fell', ' offset 1h → ', 'survived', /A world that was different then/],
  ['offset-added', 'alert QueueLong', ' →  offset 1h', 'killed', OVER],
  ['offset-added', 'alert NotUpToDate', ' →  offset 1h', 'survived', /different an hour ago/],
  ['at-dropped', 'alert Ended', ' @ end() → ', 'survived', /different at that moment/],
  ['for-shorter', 'alert ErrorsHigh', '5m → 2m30s', 'killed', /look at `for`, which is too short,/],
  ['for-longer', 'alert ErrorsHigh', '5m → 10m', 'killed', /look at `for`, which is too long,/],
  ['for-gone', 'alert Full', '2m → 0s', 'killed', /look at `for`, which is too short,/],
  ['keep-firing-for-shorter', 'alert ErrorsHigh', '10m → 5m', 'killed', KEPT],
  ['keep-firing-for-longer', 'alert ErrorsHigh', '10m → 20m', 'killed', KEPT],
  [
    'keep-firing-for-longer',
    'alert Full',
    ' → 1m',
    'killed',
    /still active at .*`keep_firing_for`/,
  ],
  ['keep-firing-for-gone', 'alert ErrorsHigh', '10m → 0s', 'killed', KEPT],
  ['label-changed', 'alert ErrorsHigh', 'critical → warning', 'killed', LABELS],
  ['label-dropped', 'alert ErrorsHigh', 'video → ', 'killed', LABELS],
  [
    'annotation-label-misspelt',
    'alert QueueLong',
    `${QUEUE} }} → ${QUEUE}x }}`,
    'killed',
    /queuex/,
  ],
  [
    'annotation-value-raw',
    'alert ErrorsHigh',
    `${SHARE} → They are {{ $value }}.`,
    'survived',
    TEXT,
  ],
  ['annotation-dropped', 'alert QueueLong', `${QUEUE} }} → `, 'killed', /\[alert\/no-summary\]$/],
  ['annotation-dropped', 'alert QueueLong', 'It is long. → ', 'survived', TEXT],
  ['annotation-of-another', 'alert QueueLong', `It is long. → ${SHARE}`, 'survived', TEXT],
  ['rule-deleted', 'alert Slow', 'Slow → ', 'killed', /^Slow: no rule is named Slow$/],
  ['rule-deleted', RATIO, 'job:errors:ratio → ', 'killed', /nothing records job:errors:ratio/],
  ['group-interval-changed', 'group fast', '30s → 1m', 'killed', /the group's `interval`, first/],
  ['group-interval-changed', 'group slow', '1m → 30s', 'survived', /each of its evaluations/],
  [
    'rule-moved',
    'alert Slow',
    'group fast → group slow',
    'killed',
    /^Slow: .* does not fire at 10m/,
  ],
  ['rule-moved', 'alert Full', 'group slow → group fast', 'survived', /each of its evaluations/],
  ['rule-duplicated', 'alert Full', 'Full → Full twice', 'killed', /\[alert\/duplicate\]$/],
];

const keyOf = ({ mutant }: Pick<MutantResult, 'mutant'>): string =>
  [mutant.operator, mutant.subject, `${mutant.was} → ${mutant.becomes}`].join(', ');

/** What becomes of the mutants of the table, by the engine. */
async function judge(): Promise<Map<string, MutantResult>> {
  writeFileSync(join(dir, 'rules.yml'), MISTAKEN_RULES);
  const { signal } = new AbortController();
  const rows = new Set(ROWS.map((row) => row.slice(0, 3).join(', ')));
  const asked = ruleMutants(stack).filter((mutant) => rows.has(keyOf({ mutant })));
  const engine = { promtool: promtool ?? '', signal };
  const subjects = await promisedSubjects(stack, engine.promtool, signal);
  const results = new Map<string, MutantResult>();
  const nothing = (): Promise<void> => Promise.resolve();
  await judgeAll(
    asked,
    {
      ...{ dir, files, stack, subjects, ...engine },
      ...{ over: undefined, examples: examplesOf(stack), alone: false },
      progress: createProgress({ stream: process.stderr, quiet: true }),
      journal: { path: '', known: new Map(), add: () => undefined, done: nothing },
    },
    results,
  );
  return new Map([...results.values()].map((result) => [keyOf(result), result]));
}

describe.skipIf(promtool === undefined)('each way of getting a rule wrong, and its verdict', () => {
  let judged: Promise<Map<string, MutantResult>> | undefined;

  it.each(ROWS)('%s, %s, %s: %s', async (operator, subject, change, fate, because) => {
    judged ??= judge();
    const result = (await judged).get([operator, subject, change].join(', '));
    expect([result?.fate, result?.because]).toEqual([fate, expect.stringMatching(because)]);
  });

  it('every operator has a row', () => {
    const all = [...EXPRESSION_OPERATORS, ...RULE_OPERATORS].map(({ id }) => id);
    const shown = new Set(ROWS.map(([operator]) => operator));
    expect([...all, ...GROUP_OPERATORS].filter((id) => !shown.has(id))).toEqual([]);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPromtool } from '../../src/commands/promtool.ts';
import { solveStack } from '../../src/commands/solve-stack.ts';
import { runCases } from '../../src/engine/confirm.ts';
import { readJunit } from '../../src/engine/junit.ts';
import { problemFrom } from '../solve/support.ts';

const promtool = await findPromtool();
const signal = new AbortController().signal;
let dir = '';
beforeAll(async () => void (dir = await mkdtemp(join(tmpdir(), 'gtv-confirm-'))));
afterAll(() => rm(dir, { recursive: true, force: true }));

const tests =
  (value: number) =>
  (rules: string): string =>
    JSON.stringify({
      rule_files: [rules],
      tests: [
        {
          name: 't',
          promql_expr_test: [
            { expr: '1', eval_time: '0s', exp_samples: [{ labels: '{}', value }] },
          ],
        },
      ],
    });

describe.skipIf(promtool === undefined)('promtool has the last word', () => {
  it('tells the untrue cases from the true ones', async () => {
    const rules = 'groups: []';
    const cases = [1, 2, 1].map((value) => ({ rules, tests: tests(value) }));
    const verdicts = await runCases(promtool ?? '', cases, signal);
    expect(verdicts.map((v) => v.passed)).toEqual([true, false, true]);
  });

  it('does without JUnit where promtool is too old for it', async () => {
    const old = join(dir, 'promtool');
    const script = `#!/bin/sh\nargs=""\nfor a in "$@"; do case "$a" in --junit=*) ;; *) args="$args $a";; esac; done\nexec ${promtool ?? ''} $args\n`;
    await writeFile(old, script, { mode: 0o755 });
    const cases = [1, 2].map((value) => ({ rules: 'groups: []', tests: tests(value) }));
    const verdicts = await runCases(old, cases, signal);
    expect(verdicts.map((v) => v.passed)).toEqual([true, false]);
  });

  it('confirms alerts with a window, a `for`, a recording rule and no data at all', async () => {
    const problem = problemFrom([
      { record: 'job:errors:rate5m', expr: 'sum by (job) (rate(errors_total[5m]))' },
      { alert: 'Errors', expr: 'job:errors:rate5m > 0.5', for: '5m' },
      { alert: 'Down', expr: 'up == 0', for: '3m' },
      { alert: 'Flapping', expr: 'changes(x[10m]) > 3' },
      { alert: 'Watchdog', expr: 'vector(1)' },
      { alert: 'Never', expr: 'count(x) == 0' },
    ]);
    const { recipes, unsolved } = await solveStack(
      problem,
      promtool ?? '',
      signal,
      () => undefined,
    );
    expect(recipes.map((r) => r.alert.name)).toEqual(['Errors', 'Down', 'Flapping', 'Watchdog']);
    expect(unsolved.map((u) => [u.alert.name, u.kind])).toEqual([['Never', 'unsatisfiable']]);
    expect(recipes[0]?.pins).toMatchObject([{ value: 0.5, lower: true, higher: true }]);
  });

  it('confirms a quantile of native histograms that stand', async () => {
    const slow = 'histogram_quantile(0.99, job:latency:rate) > 2.5';
    const problem = problemFrom([{ alert: 'Slow', expr: slow, for: '5m' }]);
    const { recipes } = await solveStack(problem, promtool ?? '', signal, () => undefined);
    expect(recipes.map(({ pins }) => pins)).toMatchObject([[{ lower: true, higher: true }]]);
  });
});

it('JUnit tells what failed, by file', () => {
  const xml = `<testsuites><testsuite name="/t/a.yml" tests="1" failures="1"><testcase name="t"><failure message="">got &lt;1&gt;</failure></testcase></testsuite><testsuite name="/t/b.yml" tests="1"><testcase name="t"></testcase></testsuite></testsuites>`;
  expect([...readJunit(xml)]).toEqual([['/t/a.yml', 'got <1>']]);
});

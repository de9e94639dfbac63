import { groupBy } from '../../lib/group-by.ts';
import type { CheckFinding, PromiseResult, RuleInfo } from '../../model/check.ts';
import { USUAL_SCRAPE_MS } from '../../model/prometheus-defaults.ts';
import type { Stack } from '../../stack/index.ts';
import { examplesOf } from '../examples/index.ts';
import { finding } from '../finding.ts';
import type { Assertion, TestGroup } from './assertion.ts';
import { failedIds, testFiles } from './file.ts';
import type { TestFile } from './file.ts';
import { promisedAlerts } from './promised.ts';
import { ruleFilesOf } from './rule-files.ts';
import { makeTests } from './tests.ts';
import type { Tests } from './tests.ts';
import { untrueWords } from './untrue.ts';

export const promiseBroken: RuleInfo = {
  id: 'promise/broken',
  level: 'error',
  title: 'An alert that does not do what the contract promises',
  why:
    'promtool evaluated the rule as it is, at real durations, in the world that the contract ' +
    'describes: people would be told falsely, late, or not at all.',
  mend:
    'Compare limit, comparison, window and selectors with the contract; `--write-tests FILE` ' +
    'keeps the tests to run them by hand.',
};

/**
 * What became of promtool: it ran, isn't there, wasn't started since a rule file is broken, or
 * failed.
 */
export type PromtoolRun =
  | { exitCode: number; output: string }
  | { reason: string; because: 'absent' | 'broken' | 'failed' };

export interface Promises {
  tests: Tests;
  assertions: Assertion[];
  /**
   * As few files as promtool can do with. @param pathOf where promtool finds a rule file, of its
   * path in the stack's folder
   */
  files: (pathOf: (ruleFile: string) => string) => TestFile[];
  /** The same tests in more files, which promtool is sooner done with. */
  quickFiles: Promises['files'];
  /** Panels' queries in the contract's examples; undefined where it has none. */
  examples: string | undefined;
  /** Rule files that the tests need, by their paths in the stack's folder. */
  ruleFiles: string[];
  /** What promtool's output means. */
  judge: (run: PromtoolRun) => { result: PromiseResult; findings: CheckFinding[] };
}

/**
 * The unit tests of a stack's alerts, and of panels in the contract's examples; undefined when
 * there is no contract with either.
 */
export function promisesOf(stack: Stack): Promises | undefined {
  const all = promisedAlerts(stack);
  // Where no stimulus is named at all, nothing is said of a world in which to look.
  const promised = all.some(({ kind }) => kind !== undefined) ? all : [];
  const { contract } = stack;
  const [prometheus] = stack.prometheus;
  const jobs = contract?.root.get('jobs');
  const tests = makeTests(promised, {
    scrapeMs: prometheus?.scrapeIntervalMs ?? USUAL_SCRAPE_MS,
    evaluationMs: prometheus?.evaluationIntervalMs ?? 60_000,
    jobsOf: (metric) =>
      metric === 'up'
        ? (jobs
            ?.entries()
            .filter(({ value }) => !value.has('told_by_silence'))
            .map((e) => e.key) ?? [])
        : (contract?.metrics.find((m) => m.name === metric)?.jobs ?? []),
    targetOf: (job) => jobs?.get(job).get('target').text(),
  });
  const assertions = tests.groups.flatMap((group) => group.assertions);
  const used = tests.groups.flatMap((g) => [...g.assertions, ...g.readings].map(({ id }) => id));
  const examples = examplesOf(stack, Math.max(0, ...used) + 1);
  if (promised.length + examples.statements.length === 0) return undefined;
  const needed = new Map(
    promised.map(({ name, rule }) => [name, rule ? ruleFilesOf(rule, stack.rules) : []]),
  );
  const neededBy = (groups: readonly TestGroup[]): string[] => [
    ...new Set(groups.flatMap(({ alert }) => needed.get(alert) ?? [])),
  ];
  return {
    tests,
    assertions,
    ruleFiles: neededBy(tests.groups),
    files: (pathOf) => testFiles(tests.groups, neededBy(tests.groups).map(pathOf)),
    // In each world promtool evaluates every rule of the files that are named.
    quickFiles: (pathOf) =>
      [...groupBy(tests.groups, (group) => neededBy([group]).join('\n')).values()].flatMap(
        (groups) => testFiles(groups, neededBy(groups).map(pathOf)),
      ),
    examples: examples.statements.length > 0 ? examples.file() : undefined,
    judge: (run) => {
      const { result, findings } = judge(stack, tests, assertions, run);
      const ofPanels = 'reason' in run ? [] : examples.judge(run.output);
      return {
        result: { ...result, panels: examples.statements.length },
        findings: [...findings, ...ofPanels],
      };
    },
  };
}

function judge(
  stack: Stack,
  tests: Tests,
  assertions: Assertion[],
  run: PromtoolRun,
): { result: Omit<PromiseResult, 'panels'>; findings: CheckFinding[] } {
  const readings = tests.groups.flatMap((group) => group.readings);
  const failed = 'reason' in run || run.exitCode === 0 ? [] : failedIds(run.output, readings);
  const not =
    'reason' in run
      ? run
      : failed === undefined
        ? {
            because: 'failed' as const,
            reason: `promtool could not run them: ${run.output.replace(/\s+/g, ' ').trim()}`,
          }
        : undefined;
  const names = [...new Set(assertions.map((a) => a.alert))];
  const alerts = names.map((alert) => ({
    alert,
    assertions: assertions.filter((a) => a.alert === alert).length,
    firing: assertions.filter((a) => a.alert === alert && a.state === 'firing').length,
  }));
  // An alert that no statement says fires would be proven by silence.
  const silent = alerts
    .filter((a) => a.firing === 0)
    .map(({ alert }) => ({ alert, reason: 'no statement says that it fires' }));
  const result: Omit<PromiseResult, 'panels'> = {
    assertions: assertions.length,
    alerts: alerts.filter((a) => a.firing > 0),
    notJudged: [...tests.notJudged, ...silent],
    ran: not ?? true,
  };
  const promised = promisedAlerts(stack);
  const findings = names.flatMap((name): CheckFinding[] => {
    const own = tests.groups.filter((group) => group.alert === name);
    const told = untrueWords(own, new Set(failed));
    const rule = promised.find((p) => p.name === name)?.rule;
    if (told === undefined || !rule) return [];
    return [
      finding(promiseBroken, rule.value.get('alert').place, `${name}: ${told}`, {
        subject: `alert ${name}`,
      }),
    ];
  });
  return { result, findings };
}

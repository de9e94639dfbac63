import { stringify } from 'yaml';
import { formatDuration } from '../../lib/duration.ts';
import type { TestGroup } from './tests.ts';

/** One file in promtool's format: all of its groups are evaluated at one interval. */
export interface TestFile {
  evaluationMs: number;
  text: string;
}

/** The tests as files, one for each evaluation interval (prometheus.io/docs, "Unit testing for rules"). @param ruleFiles paths as promtool will open them */
export function testFiles(groups: TestGroup[], ruleFiles: string[]): TestFile[] {
  const intervals = [...new Set(groups.map((g) => g.evaluationMs))].sort((a, b) => a - b);
  return intervals.map((evaluationMs) => {
    const own = groups.filter((g) => g.evaluationMs === evaluationMs);
    const data = {
      rule_files: ruleFiles,
      evaluation_interval: formatDuration(evaluationMs),
      tests: own.map((g) => ({
        name: g.name,
        interval: formatDuration(g.scrapeMs),
        input_series: g.series,
        promql_expr_test: g.assertions.map((a) => ({
          expr: a.expr,
          eval_time: formatDuration(a.atMs),
          exp_samples: a.count === 0 ? [] : [{ labels: '{}', value: 1 }],
        })),
      })),
    };
    const head = `# Unit tests of the alerts, at real durations, made from contract.yaml: npm run check -- --write-tests FILE\n# Run them with: promtool test rules FILE. The number behind each expression names the statement.\n`;
    return { evaluationMs, text: head + stringify(data, { lineWidth: 0 }) };
  });
}

/** Numbers of the statements that promtool found untrue, by its output; undefined when that holds anything else. */
export function failedIds(output: string): number[] | undefined {
  const ids = [...output.matchAll(/expr: "(?:[^"\\]|\\.)* # (\d+): (?:[^"\\]|\\.)*", time:/g)].map(
    (m) => Number(m[1]),
  );
  return ids.length > 0 ? ids : undefined;
}

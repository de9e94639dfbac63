import { stringify } from 'yaml';
import { formatDuration } from '../../lib/duration.ts';
import type { Reading, TestGroup } from './assertion.ts';

/** One file in promtool's format: all of its groups are evaluated at one interval. */
export interface TestFile {
  evaluationMs: number;
  text: string;
}

/**
 * The tests as files, one for each evaluation interval (prometheus.io/docs, "Unit testing for
 * rules"). @param ruleFiles paths as promtool will open them
 */
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
        ...(g.readings.length > 0 ? { alert_rule_test: g.readings.map(readingTest) } : {}),
      })),
    };
    const head =
      '# Unit tests of the alerts, at real durations, made from contract.yaml: npm run check ' +
      `-- --write-tests FILE\n# Run them with: promtool test rules FILE. The number behind ` +
      `each expression names the statement.\n`;
    return { evaluationMs, text: head + stringify(data, { lineWidth: 0 }) };
  });
}

function readingTest({ alert, atMs, labels, annotations }: Reading): unknown {
  return {
    eval_time: formatDuration(atMs),
    alertname: alert,
    exp_alerts: [{ exp_labels: labels, exp_annotations: annotations }],
  };
}

/**
 * Numbers of the statements that promtool found untrue, by its output; undefined when that holds
 * anything else.
 */
export function failedIds(output: string, readings: Reading[]): number[] | undefined {
  const read = output.split('\n').flatMap((line) => {
    const [alert, time] = alertAndTime(line);
    return readings
      .filter((r) => r.alert === alert && formatDuration(r.atMs) === time)
      .map((r) => r.id);
  });
  const stated = [
    ...output.matchAll(/expr: "(?:[^"\\]|\\.)* # (\d+): (?:[^"\\]|\\.)*", time:/g),
  ].map((m) => Number(m[1]));
  const ids = [...read, ...stated];
  return ids.length > 0 ? ids : undefined;
}

const ALERT = 'alertname: ';
const TIME = ', time: ';

/** `  alertname: A, time: 5m,`: an alert may be called anything, so its name ends where time is. */
function alertAndTime(line: string): [string, string] | [] {
  const [from, to] = [line.indexOf(ALERT), line.lastIndexOf(TIME)];
  if (from < 0 || to < from) return [];
  const time = line.slice(to + TIME.length).split(',')[0] ?? '';
  return [line.slice(from + ALERT.length, to), time];
}

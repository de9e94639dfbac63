import { expect, it } from 'vitest';
import type { CheckFinding, CheckResult } from '../../src/model/check.ts';
import { checkText } from '../../src/report/check/text.ts';

const finding = (rule: string, level: CheckFinding['level'], line: number): CheckFinding => ({
  rule,
  level,
  file: 'a.yml',
  line,
  column: 1,
  endLine: line,
  endColumn: 2,
  title: `fault at ${line}`,
  why: `why of ${rule}`,
  mend: `mend of ${rule}`,
});
const many = (rule: string, level: CheckFinding['level'], count: number): CheckFinding[] =>
  Array.from({ length: count }, (_, i) => finding(rule, level, i + 1));
const result = (findings: CheckFinding[]): CheckResult => ({
  findings,
  switchedOff: 0,
  looked: { files: 1, alerts: 1, expressions: 1, dashboards: 1 },
  rules: [],
  unread: [],
});
const options = { color: false, width: 100, dir: 'stack' };
const findings = [
  ...many('compose/open-port', 'warning', 10),
  ...many('dashboard/no-title', 'error', 20),
  ...many('alert/no-summary', 'warning', 2),
  ...many('promql/syntax', 'error', 3),
];

it('many findings are told by rule: errors first, alerts before dashboards before compose', () => {
  const text = checkText(result(findings), options);
  const order = ['promql/syntax', 'dashboard/no-title', 'alert/no-summary', 'compose/open-port'];
  const places = order.map((rule) => text.indexOf(`${rule}: `));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
});

it('why and how to mend it stand there once, and what is left out is counted', () => {
  const text = checkText(result(findings), options);
  expect(text.match(/why of dashboard\/no-title/g)).toHaveLength(1);
  expect(text).toContain('dashboard/no-title: 20 times');
  expect(text).toContain('and 15 more (--verbose)');
  expect(text).toContain('stack/a.yml:5:1');
  expect(text).not.toContain('stack/a.yml:20:1');
});

it('with --verbose each stands for itself, and so do few', () => {
  expect(checkText(result(findings), { ...options, verbose: true })).toContain('stack/a.yml:20:1');
  expect(checkText(result(findings.slice(0, 3)), options)).toContain('why of compose/open-port');
});

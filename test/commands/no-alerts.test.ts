import { describe, expect, it } from 'vitest';
import { mustHoldAlerts } from '../../src/commands/no-alerts.ts';
import { HarnessError } from '../../src/lib/errors.ts';
import { readStack } from '../../src/stack/index.ts';

const RULES = 'groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: x > 1\n';
const GRAFANAS = [
  'apiVersion: 1',
  'groups:',
  '  - orgId: 1',
  '    name: g',
  '    rules: [{ uid: a, title: A, condition: C, data: [] }]',
  '',
].join('\n');

/** What is said of a folder without alerts; undefined: it has some. */
function said(files: Record<string, string>): string | undefined {
  try {
    const given = Object.entries(files).map(([path, text]) => ({ path, text }));
    mustHoldAlerts(readStack(given), 'DIR', 'prove');
    return undefined;
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return `${error.message}\n${error.advice}`;
  }
}

describe('a folder without alerts', () => {
  it.each([
    [
      'copied first',
      { 'pg.yml.example': RULES },
      /^DIR holds no alerts: pg\.yml\.example seems to have some, and is a template that is filled in first\n.*copy it, and prove that\./,
    ],
    [
      'Helm’s',
      { 'a.yaml': `# {{ .Values.x }}\n${RULES}` },
      /: a\.yaml seems .* Helm's\nRender it first: .* and prove that\./,
    ],
    [
      'Loki’s',
      { 'a.yaml': RULES.replace('x > 1', 'count_over_time({a="b"} |= "c" [5m]) > 1') },
      /: a\.yaml holds Loki's rules, whose expressions are LogQL\n/,
    ],
    [
      'of Prometheus 1',
      { 'a.rules': 'ALERT A\n  IF x > 1\n  FOR 5m\n' },
      /: a\.rules .*Prometheus 1\nWrite them as YAML/,
    ],
    [
      'Grafana’s own',
      { 'grafana/alerting/a.yaml': GRAFANAS },
      /: grafana\/alerting\/a\.yaml has those that Grafana evaluates itself\n.*Prometheus/,
    ],
    [
      'broken',
      { 'of-eu.yml': `{ a\n${RULES}` },
      /: of-eu\.yml seems to have some, and can't be read: /,
    ],
    [
      'with a control character',
      { 'of-eu.yml': 'g: \u0001\n' },
      /: of-eu\.yml can't be read: line 1: a control/,
    ],
    [
      'three of them',
      { 'a.yml.dist': RULES, 'b.yml.dist': RULES, 'c.yml.dist': RULES },
      /a\.yml\.dist seems to have some, and is a template that is filled in first, and 2 other files like it\n/,
    ],
    [
      'empty',
      { 'compose.yaml.example': 'services: {}\n', 'x.yml': 'a: 1\n' },
      /^DIR holds no alerts\nName/,
    ],
  ])('says why it has none: %s', (_, files, words) => {
    expect(said(files)).toMatch(words);
  });

  it('is told from one that has some', () => {
    expect(said({ 'pg.yml.example': RULES, 'a.yml': RULES })).toBeUndefined();
  });
});

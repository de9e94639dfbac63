import { describe, expect, it } from 'vitest';
import { checkStack } from '../../src/check/index.ts';
import { fileOf, relatedRules } from '../../src/mutate/judge/related-rules.ts';
import { relatedJudge, staticJudge } from '../../src/mutate/judge/static.ts';
import { ruleMutants } from '../../src/mutate/mutants.ts';
import { readStack } from '../../src/stack/index.ts';

const GROUPS = `groups:
  - name: base
    interval: 30s
    rules:
      - { record: "job:x:sum", expr: "sum by (job) (x)" }
      - { record: "y:sum", expr: sum(y) }
  - name: read
    rules:
      - { record: "job:x:share", expr: "job:x:sum / on () group_left y:sum" }
      - alert: High
        expr: job:x:share > 1
        annotations: { summary: "Of {{ $labels.job }}" }
      - { alert: Other, expr: z > 1, labels: { severity: warning } }
      - { alert: Other, expr: z > 2, labels: { severity: critical } }
`;
const resource = (groups: string): string =>
  `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n${groups.replace(/^/gm, '  ')}`;
const FORMS = [GROUPS, resource(GROUPS)].map((text) => [{ path: 'r.yml', text }]);

describe('what a change of a rule may matter to', () => {
  const { rules } = readStack(FORMS[0] ?? []);
  const named = (index: number): string[] => {
    const rule = rules[index];
    return rule ? relatedRules(rule, rules).map(({ name }) => name) : [];
  };

  it('is what reads it, through others too, and what these read', () =>
    expect(named(0)).toEqual(['job:x:sum', 'y:sum', 'job:x:share', 'High']));

  it('is what it reads, and what has its name', () => {
    expect(named(3)).toEqual(['job:x:sum', 'y:sum', 'job:x:share', 'High']);
    expect(named(4)).toEqual(['Other', 'Other']);
  });

  it('is a file of its own, in the groups that it was in', () => {
    const [rule] = rules;
    const again = readStack([fileOf(relatedRules(rule ?? fail(), rules))]);
    expect(again.rules.map(({ name, group }) => `${group.name} ${name}`)).toEqual([
      ...['base job:x:sum', 'base y:sum'],
      ...['read job:x:share', 'read High'],
    ]);
    expect(again.groups.map(({ intervalMs }) => intervalMs)).toEqual([30_000, undefined]);
  });
});

it.each(FORMS)('is seen as in the whole file', (file) => {
  const findings = (files: (typeof file)[]) => checkStack(files).findings;
  const stack = readStack([file]);
  const [whole, part] = [staticJudge([file], findings), relatedJudge(stack.rules, findings)];
  const asked = ruleMutants(stack).filter((mutant, i) => 'body' in mutant && i % 3 === 0);
  const seen = asked.map((mutant) => whole(mutant)?.because.replace(/:\d+/, ''));
  expect(asked.map((mutant) => part(mutant)?.because.replace(/:\d+/, ''))).toEqual(seen);
  expect(new Set(seen).size).toBeGreaterThan(3);
});

function fail(): never {
  throw new Error('no rule');
}

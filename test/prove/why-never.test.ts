import { describe, expect, it } from 'vitest';
import { recordedGap } from '../../src/prove/plan/recorded-gaps.ts';
import { jobsOf } from '../../src/prove/plan/alerts.ts';
import { subjectOf } from '../../src/prove/plan/subject.ts';
import { whyNever } from '../../src/prove/plan/why-never.ts';
import { proofPlanOf } from './support.ts';
import { readStack } from '../../src/stack/index.ts';

interface Given {
  recorder?: string;
  alerts?: string;
  loads?: string;
}

/** An alert behind a recording rule in a file of its own; `head` are keys of the two groups. */
function subjectFor(
  expr: string,
  { recorder = '', alerts = '', loads = '[r.yml, rec.yml]' }: Given,
) {
  const prometheus = [
    'global: { scrape_interval: 15s, evaluation_interval: 1m }',
    `rule_files: ${loads}`,
    'scrape_configs:',
    "  - { job_name: api, static_configs: [{ targets: ['api:80'] }] }",
    "  - { job_name: slow, scrape_interval: 5m, static_configs: [{ targets: ['slow:80'] }] }",
  ].join('\n');
  const stack = readStack([
    { path: 'prometheus.yml', text: prometheus },
    {
      path: 'r.yml',
      text: `groups: [{ name: alerts, ${alerts} rules: [{ alert: A, expr: '${expr}' }] }]`,
    },
    {
      path: 'rec.yml',
      text: `groups: [{ name: rec, ${recorder} rules: [{ record: r:max, expr: max(x) }] }]`,
    },
  ]);
  const { subject } = subjectOf(stack);
  const rule = subject.rules.find(({ name }) => name === 'A');
  if (!rule) throw new Error('no alert');
  return { subject, rule, behind: subject.rules.filter(({ kind }) => kind === 'record') };
}

describe('an alert never has what it cannot do without', () => {
  const why = (expr: string, given: Given = {}): string | undefined => {
    const { subject, rule } = subjectFor(expr, given);
    return whyNever(rule, { ...subject, jobs: jobsOf(subject) })?.reason;
  };

  it.each([
    ['no rule that records it is loaded', 'r:max > 1', { loads: '[r.yml]' }, 'names rec.yml'],
    ['it is recorded too late', 'r:max > 1', { recorder: 'query_offset: 6m,' }, '6m ago'],
    ['a window holds one scrape', 'rate(x{job="slow"}[5m]) > 1', {}, 'slow is scraped every 5m'],
    ['every job is so slow', 'delta(r:max[1m]) > 1 and rate(x{job=~"sl.*"}[1m]) > 1', {}, 'rate n'],
  ])('where %s', (_, expr, given, reason) => expect(why(expr, given)).toContain(reason));

  it.each([
    ['all that records it is loaded', 'r:max > 1', {}],
    ['something else will do', 'r:max > 1 or x > 5', { loads: '[r.yml]' }],
    ['it may be there or not', 'x > 5 unless r:max > 1', { loads: '[r.yml]' }],
    ['it is absence', 'absent(r:max)', { loads: '[r.yml]' }],
    [
      'its own group is as late',
      'r:max > 1',
      {
        recorder: 'query_offset: 6m,',
        alerts: 'query_offset: 6m,',
      },
    ],
    ['its window is longer', 'max_over_time(r:max[10m]) > 1', { recorder: 'query_offset: 6m,' }],
    ['it looks at an earlier moment', 'r:max offset 6m > 1', { recorder: 'query_offset: 6m,' }],
    ['a window holds two scrapes', 'rate(x{job="slow"}[6m]) > 1', {}],
    ['another job may have it', 'rate(x[5m]) > 1', {}],
    ['one sample is enough', 'max_over_time(x{job="slow"}[5m]) > 1', {}],
  ] as [string, string, Given][])('but may have it where %s', (_, expr, given) =>
    expect(why(expr, given)).toBeUndefined(),
  );
});

describe('what is recorded', () => {
  const gap = (expr: string, given: Given): string | undefined => {
    const { subject, rule, behind } = subjectFor(expr, given);
    return recordedGap(rule, behind, { ...subject, evaluationMs: 60_000 });
  };

  it.each([
    [
      'more seldom than anybody looks back',
      'r:max > 1',
      'interval: 10m,',
      'records r:max every 10',
    ],
    ['as seldom as that', 'r:max > 1', 'interval: 5m,', 'none older than 5m'],
    [
      'as seldom as a range is long',
      'avg_over_time(r:max[1m]) > 1',
      'interval: 2m,',
      'older than 1m',
    ],
    ['late, and seldom', 'r:max > 1', 'interval: 2m, query_offset: 3m,', 'it comes and goes'],
  ])('%s comes and goes', (_, expr, recorder, reason) =>
    expect(gap(expr, { recorder })).toContain(reason),
  );

  it.each([
    ['often enough', 'r:max > 1', 'interval: 4m,'],
    ['and looked back at for longer', 'max_over_time(r:max[15m]) > 1', 'interval: 10m,'],
  ])('%s is always there', (_, expr, recorder) => expect(gap(expr, { recorder })).toBeUndefined());

  it('in the same group is always there for those below it, and not for those above', () => {
    const rules = (...all: string[]): string =>
      `groups: [{ name: g, interval: 5m, rules: [${all.join(', ')}] }]`;
    const [alert, record] = ['{ alert: A, expr: r > 1 }', '{ record: r, expr: max(x) }'];
    const gapOf = (text: string): string | undefined => {
      const stack = readStack([{ path: 'r.yml', text }]);
      const rule = stack.rules.find(({ kind }) => kind === 'alert');
      const behind = stack.rules.filter(({ kind }) => kind === 'record');
      return rule && recordedGap(rule, behind, { prometheus: undefined, evaluationMs: 60_000 });
    };
    expect(gapOf(rules(record, alert))).toBeUndefined();
    expect(gapOf(rules(alert, record))).toContain('group g records r every 5m');
  });
});

it('an alert on what comes and goes is no proof in virtual time', () => {
  const rules = (recorder: string): string =>
    [
      `groups: [{ name: rec, ${recorder} rules: [{ record: r, expr: max(x) }] },`,
      "{ name: alerts, rules: [{ alert: A, for: 20m, expr: 'r > 1 and on () hour() >= 8' }] }]",
    ].join(' ');
  const leftOf = (recorder: string) =>
    proofPlanOf(readStack([{ path: 'r.yml', text: rules(recorder) }]), 10).notProvoked;
  expect(leftOf('interval: 10m,')).toMatchObject([
    { kind: 'unjudged', why: expect.stringContaining('it comes and goes') as string },
  ]);
  expect(leftOf('')).toMatchObject([{ kind: 'virtual' }]);
});

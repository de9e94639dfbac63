import { describe, expect, it } from 'vitest';
import { checkStack, readStack, toldOutcome } from '../../src/check/index.ts';
import { changedFiles, staticJudge } from '../../src/mutate/judge/static.ts';
import { routingJudge } from '../../src/mutate/judge/routing.ts';
import { ROUTING_OPERATORS, routingMutants } from '../../src/mutate/routing/index.ts';

const FILES = [
  {
    path: 'alertmanager.yml',
    text: `route:
  receiver: chat
  group_by: [alertname, job]
  group_wait: 30s
  group_interval: 1m
  repeat_interval: 4h
  routes:
    - matchers: [severity="critical"]
      receiver: pager
      continue: true
    - matchers: [alertname=~".+"]
      receiver: chat
inhibit_rules:
  - source_matchers: [alertname="Down"]
    target_matchers: [alertname="Busy"]
    equal: [job]
receivers:
  - name: chat
    slack_configs: [{ channel: "#ops", send_resolved: true }]
  - name: pager
    webhook_configs: [{ url: "http://pager", send_resolved: true }]
`,
  },
  {
    path: 'rules.yml',
    text: `groups:
  - name: g
    rules:
      - { alert: Down, expr: sum by (job) (up) == 0, labels: { severity: critical } }
      - { alert: Busy, expr: sum by (job) (x) > 1, labels: { severity: warning } }
`,
  },
  {
    path: 'contract.yaml',
    text: `version: 1
jobs: { api: { target: "api:80" } }
metrics: { x: { type: gauge, jobs: [api] } }
receivers:
  chat: { kind: slack, to: "#ops", resolved: true }
  pager: { kind: webhook, resolved: true }
telling: { group_by: [alertname, job], group_wait: 30s, group_interval: 1m, repeat_interval: 4h }
alerts:
  Down: { severity: critical, for: 0s, labels: { job: api }, receivers: [pager, chat] }
  Busy: { severity: warning, for: 0s, labels: { job: api }, receivers: [chat], silenced_by: [Down] }
`,
  },
];
const mutants = routingMutants(readStack(FILES).alertmanagers);
const judge = routingJudge(
  FILES,
  (files) => toldOutcome(readStack(files)),
  staticJudge(FILES, (files) => checkStack(files).findings),
);
const of = (operator: string) =>
  mutants
    .filter((mutant) => mutant.operator === operator)
    .map((mutant) => {
      const { fate, because } = judge(mutant);
      return `${mutant.subject}: ${mutant.becomes}: ${fate}${fate === 'killed' ? ` ${/\[(.*)\]/.exec(because)?.[1] ?? ''}` : ''}`;
    });

const TOLD = 'killed promise/told-otherwise';
const CASES: [operator: string, mutants: string[]][] = [
  [
    'receiver-swapped',
    [
      // Nothing reaches the root: its last route takes whatever has a name.
      'route: pager: equivalent',
      'route 1: chat: killed promise/not-routed',
      'route 2: pager: killed promise/not-routed',
    ],
  ],
  ['continue-flipped', ['route 1: false: killed promise/not-routed', 'route 2: true: equivalent']],
  [
    'route-deleted',
    ['route 1: : killed promise/not-routed', 'route 2: : killed promise/not-routed'],
  ],
  ['group-wait-changed', [`route: 15s: ${TOLD}`, `route: 1m: ${TOLD}`]],
  ['group-interval-changed', [`route: 30s: ${TOLD}`, `route: 2m: ${TOLD}`]],
  ['repeat-interval-changed', [`route: 2h: ${TOLD}`, `route: 8h: ${TOLD}`]],
  [
    'group-by-changed',
    [
      `route: job: ${TOLD}`,
      `route: alertname: ${TOLD}`,
      `route: alertname, job, instance: ${TOLD}`,
      `route: ...: ${TOLD}`,
    ],
  ],
  [
    'muted-at-times',
    ['route 1', 'route 2'].map(
      (r) => `${r}: mute_time_intervals: saturday 02:00 to 03:00: ${TOLD}`,
    ),
  ],
  [
    'active-at-times',
    ['route 1', 'route 2'].map(
      (r) => `${r}: active_time_intervals: saturday 02:00 to 03:00: ${TOLD}`,
    ),
  ],
  ['inhibition-removed', ['inhibition 1: : killed promise/silenced-otherwise']],
  ['inhibition-swapped', ['inhibition 1: target and source: killed promise/silenced-otherwise']],
  [
    'send-resolved-flipped',
    [
      'receiver chat: false: killed promise/end-not-told',
      'receiver pager: false: killed promise/end-not-told',
    ],
  ],
  [
    'integration-removed',
    [
      'receiver chat: : killed promise/another-addressee',
      'receiver pager: : killed promise/another-addressee',
    ],
  ],
  ['addressee-changed', ['receiver chat: #opsx: killed promise/another-addressee']],
];

describe('each way of getting routing wrong', () => {
  it.each(CASES)('%s', (operator, expected) => expect(of(operator)).toEqual(expected));

  it('inhibitions that are wider, or need another label in common', () => {
    expect([...of('inhibition-widened'), ...of('inhibition-equal-changed')].join('\n')).toMatch(
      /killed promise\/silenced-otherwise/,
    );
  });

  it('none but has a mutant here', () => {
    const made = new Set(mutants.map(({ operator }) => operator));
    expect(ROUTING_OPERATORS.map(({ id }) => id).filter((id) => !made.has(id))).toEqual([]);
  });
});

it('a survivor is reported where nobody promised anything, and its twin is noticed', () => {
  const silent = FILES.map((file) => ({ ...file, text: file.text.replace(/^telling.*\n/m, '') }));
  const wait = mutants.find(({ operator }) => operator === 'group-wait-changed');
  if (!wait) throw new Error('no mutant');
  const unpromised = routingJudge(
    silent,
    (files) => toldOutcome(readStack(files)),
    staticJudge(silent, (files) => checkStack(files).findings),
  );
  expect([unpromised(wait).fate, judge(wait).fate]).toEqual(['survived', 'killed']);
});

it('every id is another, and every mutant changes the file', () => {
  expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  for (const mutant of mutants)
    expect(changedFiles(FILES, mutant)[0]?.text, mutant.id).not.toBe(
      changedFiles(FILES, { ...mutant, changes: [{ file: 'alertmanager.yml', edits: [] }] })[0]
        ?.text,
    );
});

import { describe, expect, it } from 'vitest';
import { checkStack, readStack } from '../../src/check/index.ts';
import { judgeBySight } from '../../src/mutate/judge/sight.ts';
import { changedFiles, staticJudge } from '../../src/mutate/judge/static.ts';
import { TEMPLATE_OPERATORS, messageMutants } from '../../src/mutate/messages/index.ts';

const TEMPLATE = `{{ define "ops.title" }}{{ .CommonLabels.alertname | toUpper }} {{ .CommonLabels.job }}{{ end }}
{{ define "ops.text" }}{{ range .Alerts }}{{ if eq .Status "resolved" }}OVER: {{ end }}{{ .Labels.instance }}
{{ end }}{{ end }}`;
const files = (reads: string) => [
  {
    path: 'alertmanager.yml',
    text: `templates: ['*.tmpl']
route: { receiver: chat }
receivers:
  - name: chat
    slack_configs:
      - channel: "#ops"
        title: '{{ template "ops.title" . }}'
        text: '{{ template "ops.text" . }}'
`,
  },
  { path: 'ops.tmpl', text: TEMPLATE },
  {
    path: 'contract.yaml',
    text: `version: 1
messages:
  two:
    alerts:
      - { labels: { alertname: Down, job: api, instance: "a:1" }, starts: "2026-03-04T05:06:07Z" }
      - { labels: { alertname: Down, job: api, instance: "b:1" }, starts: "2026-03-04T05:06:07Z", ends: "2026-03-04T06:06:07Z" }
    reads: { chat: ${reads} }
`,
  },
];
const judged = (reads: string) => {
  const own = files(reads);
  const { templates, alertmanagers } = readStack(own);
  const bySight = staticJudge(own, (changed) => checkStack(changed).findings);
  return messageMutants(templates, alertmanagers).map((mutant) => judgeBySight(mutant, bySight));
};
const ALL = String.raw`{ title: "DOWN api", text: "a:1\nOVER: b:1\n" }`;
const results = judged(ALL);

/** Each mistake as what becomes of which text. */
const CASES: [operator: string, mutants: string[]][] = [
  [
    'message-field-wrong',
    [
      '.CommonLabels.alertname → .CommonLabels.job',
      '.CommonLabels.job → .CommonLabels.alertname',
      '.Labels.instance → .Labels.instancex',
    ],
  ],
  [
    'message-of-another-alert',
    [
      '.Status → (index $.Alerts 0).Status',
      '.Labels.instance → (index $.Alerts 0).Labels.instance',
    ],
  ],
  ['message-status-swapped', ['"resolved" → "firing"']],
  [
    'message-block-missing',
    [
      '{{ range .Alerts }}{{ if eq .Status "resolved" }}OVER: {{ end }}{{ .Labels.instance }}\n{{ end }} → ',
      '{{ if eq .Status "resolved" }}OVER: {{ end }} → ',
    ],
  ],
  ['message-condition-missing', ['{{ if eq .Status "resolved" }}OVER: {{ end }} → OVER: ']],
  ['message-range-gone', ['{{ range .Alerts }} → {{ with index .Alerts 0 }}']],
  ['message-comparison-turned', ['eq → ne']],
  ['message-function-missing', [' | toUpper → ']],
  [
    'message-value-missing',
    [
      '{{ .CommonLabels.alertname | toUpper }} → ',
      '{{ .CommonLabels.job }} → ',
      '{{ .Labels.instance }} → ',
      '{{ template "ops.title" . }} → ',
      '{{ template "ops.text" . }} → ',
    ],
  ],
  ['message-words-missing', ['OVER: → ']],
  [
    'message-template-of-another',
    [
      '{{ template "ops.title" . }} → {{ template "ops.text" . }}',
      '{{ template "ops.text" . }} → {{ template "ops.title" . }}',
    ],
  ],
];

describe('messages', () => {
  it('are got wrong in every way that there is', () => {
    expect(CASES.map(([operator]) => operator).toSorted()).toEqual(
      TEMPLATE_OPERATORS.map(({ id }) => id).toSorted(),
    );
  });

  it.each(CASES)('%s', (operator, mutants) => {
    const own = results.filter(({ mutant }) => mutant.operator === operator);
    expect(own.map(({ mutant: { was, becomes } }) => `${was} → ${becomes}`)).toEqual(mutants);
    expect(own.map(({ fate }) => fate)).toEqual(own.map(() => 'killed'));
    for (const { because } of own) expect(because).toMatch(/\[promise\/message-otherwise\]$/);
  });

  it('are written with nothing else changed', () => {
    const own = files(ALL);
    for (const { mutant } of results) {
      const { at, was, becomes } = mutant;
      const [before, after] = [own, changedFiles(own, mutant)].map((all) =>
        all.map(({ path, text }) => (path === at.file ? '' : text)),
      );
      expect(after).toEqual(before);
      expect(was).not.toBe(becomes);
    }
  });

  it('survive where nobody says what is read', () => {
    const left = judged('{ title: "DOWN api" }').filter(({ fate }) => fate === 'survived');
    expect(left.length).toBeGreaterThan(0);
    for (const { because } of left) expect(because).toContain('`messages`');
  });
});

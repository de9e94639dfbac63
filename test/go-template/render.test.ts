import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { findPromtool } from '../../src/commands/promtool.ts';
import { ALERTMANAGER, PROMETHEUS } from '../../src/go-template/languages.ts';
import { parseTemplate } from '../../src/go-template/parse.ts';
import { render } from '../../src/go-template/render/index.ts';
import { notificationWorld } from '../../src/go-template/render/notification.ts';
import { ruleWorld } from '../../src/go-template/render/world.ts';
import { definitions } from '../../src/go-template/uses.ts';

const VALUES = [12.345, 0.057, 1234567.891, 86461, 0, 3, 0.000_000_42, 1e12];
const LABELS = { job: 'api', instance: 'host-1.example.org:9100', path: '/a b' };
const SOUND = [
  '{{ $value }}',
  '{{ .Value | printf "%.2f" }} of {{ printf "%g|%e|%.3g|%8.1f|%-8.1f|" $value $value $value $value $value }}',
  '{{ $value | humanize }} {{ $value | humanize1024 }}B {{ humanizeDuration $value }} {{ humanizePercentage $value }}',
  '{{ if gt $value 90.0 }}many{{ else if lt $value 1.0 }}few{{ else }}some{{ end }}',
  '{{ with $labels.job }}{{ . | title }} {{ . | toUpper }}{{ else }}none{{ end }}',
  '{{ $v := $value }}{{ if true }}{{ $v = 2.0 }}{{ end }}{{ $v }} {{ $labels.instance | stripPort }} {{ toLower "A&B" }}',
  '{{- define "who" }}{{ .job }} on {{ .instance }}{{ end }}{{ template "who" $labels -}}  .',
  '{{ range $name, $text := args 1 "two" }}{{ $name }}={{ $text }};{{ end }}{{ index $labels "path" | printf "%q" }}',
  '{{ printf "%d %5s|%-5s|%v %t %%" 3 "a" "b" true (eq "x" "x") }}{{ len "four" }}{{ not true }}{{ and 1 0 }}{{ or "" "b" }}',
  '{{ printf "%[1]f %[1]g" $value }} {{ printf "%[2]s" "a" "b" }}',
  '{{ printf "%.*f|%*d|%-*s|" 1 $value 5 3 4 "a" }} {{ printf "%.[2]*[1]f" $value 2 }}',
];
const BREAKING = [
  '{{ $value.count }}',
  '{{ .Value.count }}',
  '{{ if gt $value 90 }}many{{ end }}',
  '{{ if eq $value "5" }}five{{ end }}',
  '{{ humanize }}',
  '{{ value }}',
  '{{ $labels.job.name }}',
  '{{ $labels.job | humanize }}',
  '{{ index $labels 0 }}',
  '{{ range $value }}x{{ end }}',
  '{{ .Lables.job }}',
  '{{ toUpper $value }}',
  '{{ query "x" | value }}',
  '{{ with query "x" }}{{ .Value }}{{ end }}',
];

const filledIn = (text: string, value: number) => {
  const { nodes, error } = parseTemplate(text, PROMETHEUS);
  expect(error).toBeUndefined();
  const own = new Map(definitions(nodes).map(({ name, body }) => [name, body]));
  return render(nodes, ruleWorld(value, new Map(Object.entries(LABELS))), own);
};

/** A value of an alert, and the text that a template is said to become with it. */
type Filled = [value: number, text: string];

/**
 * Has promtool fill a text in for an alert of each of these values, and compare. @returns what it
 * says against it
 */
async function heldAgainstPromtool(text: string, filled: Filled[]): Promise<string> {
  const promtool = await findPromtool();
  const dir = mkdtempSync(join(tmpdir(), 'gtv-render-'));
  try {
    const rule = { alert: 'A', expr: 'x', annotations: { text } };
    writeFileSync(join(dir, 'rules.yml'), stringify({ groups: [{ name: 'g', rules: [rule] }] }));
    const tests = filled.map((one) => ({ interval: '1m', ...alertTest(...one) }));
    writeFileSync(join(dir, 'test.yml'), stringify({ rule_files: ['rules.yml'], tests }));
    const { stdout, stderr } = execaSync(promtool ?? '', ['test', 'rules', 'test.yml'], {
      cwd: dir,
      reject: false,
    });
    return `${stdout}${stderr}`;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function alertTest(...[value, text]: Filled) {
  const labels = Object.entries(LABELS).map(([name, one]) => `${name}="${one}"`);
  const alert = { exp_labels: LABELS, exp_annotations: { text } };
  return {
    input_series: [{ series: `x{${labels.join(',')}}`, values: `${value}x2` }],
    alert_rule_test: [{ eval_time: '1m', alertname: 'A', exp_alerts: [alert] }],
  };
}

describe('a rule’s template is filled in as Prometheus does', () => {
  it.each(SOUND)('%s', async (text) => {
    const filled = VALUES.map((value): Filled => {
      const { text: written, breaks } = filledIn(text, value);
      expect(breaks).toEqual([]);
      return [value, written];
    });
    expect(await heldAgainstPromtool(text, filled)).toContain('SUCCESS');
  });

  it('what promtool says of one value among others is seen', async () => {
    const filled: Filled[] = [
      [1, '1'],
      [2, '3'],
      [4, '4'],
    ];
    const said = await heldAgainstPromtool('{{ $value }}', filled);
    expect(said).toContain('FAILED');
    expect(said).toContain('text="2"');
  });

  it.each(BREAKING)('%s breaks for both', async (text) => {
    expect(filledIn(text, 12.345).breaks).toHaveLength(1);
    expect(await heldAgainstPromtool(text, [[12.345, '']])).toContain('error expanding template');
  });
});

it.each([
  ['{{ printf "%.1f" $value 3 }}', 'has no place for its last value'],
  ['{{ printf "%.*f" $value }}', 'wants a whole number for its `*`'],
  ['{{ printf "%[2]f" $value }}', 'wants more values than it gets'],
])('%s is printed with an error in it', (text, why) => {
  expect(filledIn(text, 12.345).breaks).toEqual([
    expect.objectContaining({ message: expect.stringContaining(why) as string }),
  ]);
});

describe('a notification’s template', () => {
  const breaksOf = (text: string): string[] => {
    const { nodes, error } = parseTemplate(text, ALERTMANAGER);
    expect(error).toBeUndefined();
    const own = new Map(definitions(nodes).map(({ name, body }) => [name, body]));
    return render(nodes, notificationWorld(), own).breaks.map(({ message }) => message);
  };

  it.each([
    '{{ range .Alerts.Firing }}{{ .Labels.job }} {{ .Annotations.summary }} {{ .StartsAt.Format "15:04" }}{{ end }}',
    '{{ range .CommonLabels.SortedPairs }}{{ .Name }}={{ .Value }}{{ end }} {{ .GroupLabels.Values | join " " }}',
    '{{ define "one" }}{{ .Labels.job }}{{ end }}{{ range .Alerts }}{{ template "one" . }}{{ end }}',
    '{{ if gt (len .Alerts.Firing) 0 }}{{ (index .Alerts 0).GeneratorURL }}{{ end }}{{ .Status | toUpper }}',
    '{{ range (.CommonLabels.Remove .GroupLabels.Names).SortedPairs }}{{ .Name }}{{ end }}',
  ])('%s', (text) => {
    expect(breaksOf(text)).toEqual([]);
  });

  it.each([
    ['{{ define "one" }}{{ .Labels.job }}{{ end }}{{ template "one" }}', '<no value>'],
    ['{{ .Labels.job }}', 'the notification has no `.Labels`'],
    ['{{ range .Alerts }}{{ .CommonLabels.job }}{{ end }}', 'an alert has no `.CommonLabels`'],
    ['{{ .Alerts.Labels.job }}', 'a list has no `.Labels`'],
    ['{{ if gt .Alerts 1 }}many{{ end }}', '`gt` can’t compare'.replace('’', "'")],
    ['{{ range .Status }}x{{ end }}', '`range` can'],
    ['{{ join .GroupLabels.Values " " }}', '`join` wants a text'],
  ])('%s breaks', (text, why) => {
    expect(breaksOf(text)).toEqual([expect.stringContaining(why)]);
  });

  it('one that calls itself for ever costs bounded time', () => {
    expect(
      breaksOf(
        '{{ define "a" }}{{ template "a" . }}{{ template "a" . }}{{ end }}{{ template "a" . }}',
      ),
    ).toEqual([]);
  });
});

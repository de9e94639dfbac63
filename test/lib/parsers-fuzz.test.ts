import { parseMatchers } from '../../src/alertmanager/matchers.ts';
import { parseTimeOfDay, parseWeekdays } from '../../src/alertmanager/time-intervals.ts';
import { readJunit } from '../../src/engine/junit.ts';
import { readAlerts, readErrors } from '../../src/engine/world-output.ts';
import { ALERTMANAGER, PROMETHEUS } from '../../src/go-template/languages.ts';
import { parseTemplate } from '../../src/go-template/parse.ts';
import { TruthSyntaxError, parseTruth } from '../../src/ground-truth/parse.ts';
import { parseDurationMs } from '../../src/lib/duration.ts';
import { readExposition } from '../../src/lib/exposition.ts';
import { matchesGlob } from '../../src/lib/glob.ts';
import { parsePromqlNumber } from '../../src/promql/number.ts';
import { parseExpr } from '../../src/promql/parse.ts';
import { captured } from '../../src/promql/regex/capture.ts';
import { parseRegex } from '../../src/promql/regex/parse.ts';
import { byteValue, interpolate, shellWords } from '../../src/stack/compose/interpolate.ts';
import { readEnvFile } from '../../src/stack/compose/env-file.ts';
import { parseExposition } from '../../src/stack/source/exposition.ts';
import { SourceFile } from '../../src/stack/source/source-file.ts';
import { substitute } from '../../src/stack/variables.ts';
import { fuzzed } from '../support/fuzz.ts';
import type { Tried } from '../support/fuzz.ts';

const PARSERS: Record<string, Tried> = {
  PromQL: {
    read: parseExpr,
    texts: [
      'sum by (job) (rate(http_requests_total{status=~"5..", path!=""}[5m] offset 1h)) / 2 > 0.05',
      'histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m]))) and on (a) group_left (b) y unless z',
      'max_over_time(rate(x[1m])[1h:5m] @ end()) or absent(up{job="a"}) == bool 1e3',
    ],
    nests: ['(', 'sum(', '-', 'a + ', '{a="', 'x['],
  },
  numbers: { read: parsePromqlNumber, texts: ['1e3', '0x1F', '1h30m', '-Inf'], nests: ['-', '0'] },
  durations: { read: parseDurationMs, texts: ['1h30m', '500ms', '1w'], nests: ['1h', '9'] },
  'regular expressions': {
    read: parseRegex,
    texts: ['(?i:a|b)+[^a-z\\d]{2,3}(?P<x>.*?)$', '[[:alpha:]]*\\pL?'],
    nests: ['(', '(?:', '[', 'a{1000}', '(a*)*', '\\'],
  },
  'regular expressions over a text': {
    read: (text) => captured(text, 'shop-7.example:8080'),
    texts: ['(.*)-(\\d+)\\.(example|test):(.+)', '([^:]+)(?::\\d+)?'],
    nests: ['(a|', '(a*)*'],
  },
  globs: {
    read: (text) => matchesGlob('rules/a/b/alerts.yml', text),
    texts: ['rules/*/[a-c]/*.y?ml', 'rules/**/[^x]/{a,b}.yml'],
    nests: ['*', '[', '\\', '*/'],
  },
  'templates of Prometheus': {
    read: (text) => parseTemplate(text, PROMETHEUS),
    texts: [
      '{{ range $i, $x := query "up" }}{{ if gt ($x | value) 0.5 }}{{ $x.Labels.job }}{{ end }}{{ end }}',
      '{{- define "a" }}{{ printf "%.2f" $value | title }}{{ end -}}{{ template "a" . }}',
    ],
    nests: ['{{ if true }}', '{{ (', '{{ range . }}', '{{/*', '{{ with $x := '],
  },
  'templates of Alertmanager': {
    read: (text) => parseTemplate(text, ALERTMANAGER),
    texts: ['{{ range .Alerts.Firing }}{{ .Labels.SortedPairs.Values | join " " }}{{ end }}'],
    nests: ['{{ if .A }}', '{{ (.B '],
  },
  'matchers of Alertmanager': {
    read: parseMatchers,
    texts: ['{a="b", c=~"d|e", f!~"g.*"}', 'severity=~critical|warning', '"my label"!="x"'],
    nests: ['{', '"', 'a="b",', '\\'],
  },
  weekdays: { read: parseWeekdays, texts: ['monday:friday', 'sunday'], nests: ['monday:'] },
  'times of day': { read: parseTimeOfDay, texts: ['09:30', '24:00'], nests: ['09:'] },
  '/metrics texts': {
    read: readExposition,
    texts: ['# TYPE a counter\na_total{b="c\\"d",e="f"} 1e3 1700000000\nb 1 # {trace="x"} 2\n'],
    nests: ['a{', 'a{b="', 'a{b="c",', '\\"'],
  },
  'families of a /metrics text': {
    read: parseExposition,
    texts: ['# TYPE h histogram\nh_bucket{le="+Inf"} 3\nh_sum 1\nh_count 3\n'],
    nests: ['# TYPE ', 'h_bucket'],
  },
  'ground truth': {
    read: parseTruth,
    texts: ['redis.hits / (redis.hits + redis.misses) * 100', '2 - host.cpu'],
    nests: ['(', '- ', 'a.b + '],
    refuses: TruthSyntaxError,
  },
  "dashboards' variables": {
    read: substitute,
    texts: ['rate(x{job=~"$job", a="${b:regex}"}[$__rate_interval]) > [[limit]]'],
    nests: ['${', '$', '[[', '${a:'],
  },
  "compose's variables": {
    read: (text) =>
      interpolate(
        text,
        () => undefined,
        () => 'x',
      ),
    texts: ['${A:-b}:$C/$$d/${E:?must be set}'],
    nests: ['${A:-', '$', '${'],
  },
  "a shell's words": {
    read: shellWords,
    texts: ['prometheus --config.file="a b" \'c d\' e\\ f'],
    nests: ['"', "'", '\\', 'a '],
  },
  sizes: { read: byteValue, texts: ['512m', '1.5gb', '1024'], nests: ['9', '1.'] },
  'environment files': {
    read: (text) => readEnvFile(new SourceFile({ path: '.env', text })),
    texts: ['# c\nexport A="b\\"c" # d\nE=\'f\'\nG: h\n'],
    nests: ['A="', 'A=b\n', '\\'],
  },
  YAML: {
    read: (text) => new SourceFile({ path: 'a.yml', text }),
    texts: ['a: &x { b: [1, "2"] }\nc: *x\n<<: *x\nd: |\n  e\n---\nf: !!binary g\n'],
    nests: ['[', '{ a: ', '- ', '? ', '&a [*a, '],
  },
  JSON: {
    read: (text) => new SourceFile({ path: 'a.json', text }),
    texts: ['{ "a": [1, 2.5e3, null, true], "b": { "c": "\\u00e9\\n" } }'],
    nests: ['[', '{"a":', '"\\'],
  },
  "promtool's report": {
    read: readJunit,
    texts: [
      '<testsuites><testsuite name="a.yml"><testcase name="b"><failure message="c">d</failure></testcase></testsuite></testsuites>',
    ],
    nests: ['<testsuite name="a">', '<failure>', '<![CDATA['],
  },
  "promtool's states": {
    read: (text) => [readAlerts(text), readErrors(text)],
    texts: ['  a.yml\n    FAILED:\n      alertname: A, time: 5m,\n  exp:[]\n  got:[{}]\n'],
    nests: ['got:[', '{a="', 'alertname: '],
  },
};

fuzzed(PARSERS);

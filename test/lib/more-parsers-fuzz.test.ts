import { accountsIn } from '../../src/capacity/k6-operator/accounts.ts';
import { readServed } from '../../src/capacity-run/measure/served.ts';
import { untrueIn } from '../../src/check/examples/tests.ts';
import { failedIds } from '../../src/check/promises/file.ts';
import { ALERTMANAGER, PROMETHEUS } from '../../src/go-template/languages.ts';
import { parseTemplate } from '../../src/go-template/parse.ts';
import { render } from '../../src/go-template/render/index.ts';
import { notificationWorld } from '../../src/go-template/render/notification.ts';
import { ruleWorld } from '../../src/go-template/render/world.ts';
import { definitions, usesOf } from '../../src/go-template/uses.ts';
import { canonical, qualified, splitName } from '../../src/images/labels.ts';
import { fromExactJson } from '../../src/lib/exact-json.ts';
import { formatValues, variableUses } from '../../src/lib/grafana-variables.ts';
import { plain } from '../../src/lib/notices/words.ts';
import { splitTarget } from '../../src/lib/target.ts';
import { mutateExpr } from '../../src/mutate/expression/index.ts';
import { normalForm } from '../../src/mutate/judge/normal.ts';
import { valueExpr } from '../../src/plan/value-expr.ts';
import { baseStatus } from '../../src/programs/dpkg-status.ts';
import { sourcesOf } from '../../src/programs/system.ts';
import { valueFor } from '../../src/prove/plan/regex-value.ts';
import { captured, expand } from '../../src/promql/regex/capture.ts';
import { matcherOf } from '../../src/promql/regex/match.ts';
import { re2Problem } from '../../src/promql/regex/refused.ts';
import { samples } from '../../src/promql/regex/sample.ts';
import { parseExpr } from '../../src/promql/parse.ts';
import { relabel } from '../../src/promql/relabel.ts';
import { httpEndpoint } from '../../src/receivers/addresses.ts';
import { httpKinds } from '../../src/receivers/registry.ts';
import { userOf } from '../../src/run/live/peer.ts';
import { demultiplexed } from '../../src/runtimes/docker/logs.ts';
import { grantable } from '../../src/runtimes/docker/ulimits.ts';
import { placeholderIn } from '../../src/solve/placeholder.ts';
import { speedUpExpr } from '../../src/speedup/index.ts';
import { legendParts } from '../../src/stack/legend.ts';
import { withGlobals } from '../../src/stack/panel-query.ts';
import { versionOf } from '../../src/stack/pinned.ts';
import { connectionsIn } from '../../src/technologies/http-service/connections.ts';
import { fuzzed } from '../support/fuzz.ts';
import type { Tried } from '../support/fuzz.ts';

const LABELS = new Map([
  ['job', 'api'],
  ['instance', 'shop-7.example:8080'],
]);
const QUERIES = [
  'sum by (job) (rate(http_requests_total{status=~"5..", path!=""}[5m] offset 1h)) / 2 > 0.05',
  'histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m]))) and on (a) group_left (b) y unless z',
  'max_over_time(rate(x[1m])[1h:5m] @ end()) or absent(up{job="a"}) == bool 1e3',
];
const NESTED = ['(', 'sum(', '-', 'a + ', '{a="', 'x['];
const NET = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F59 0100007F:C738 01 00000000:00000000 00:00000000 00000000  1000        0 12 1
`;

/** In a faster world it is PromQL, or it is said why it can't be. */
function spedUp(text: string): void {
  if (!('expr' in parseExpr(text))) return;
  const { expr, problem } = speedUpExpr(text, 60);
  const read = parseExpr(expr);
  if (problem === undefined && !('expr' in read)) throw new Error(`${expr}: ${read.message}`);
}

/** Reads a template and fills it in. */
function filledIn(text: string, language: typeof PROMETHEUS): void {
  const { nodes } = parseTemplate(text, language);
  usesOf(nodes);
  const templates = new Map(definitions(nodes).map(({ name, body }) => [name, body]));
  const world = language === PROMETHEUS ? ruleWorld(0.057, LABELS) : notificationWorld();
  render(nodes, world, templates);
}

/** How a receiver refuses a body; it is answered with 400. */
function isRefusal(error: unknown): boolean {
  return [SyntaxError, TypeError, RangeError, URIError].some((kind) => error instanceof kind);
}

const PARSERS: Record<string, Tried> = {
  'PromQL, sped up': { read: spedUp, texts: QUERIES, nests: NESTED },
  'PromQL, changed by one mistake': {
    read: (text) => [
      mutateExpr(text, 15_000).length,
      normalForm(text, () => false),
      // Is asked of what parses alone.
      'expr' in parseExpr(text) ? valueExpr(text) : '',
    ],
    texts: QUERIES,
    nests: NESTED,
  },
  'templates of Prometheus, filled in': {
    read: (text) => filledIn(text, PROMETHEUS),
    texts: [
      '{{ range $i, $x := query "up" }}{{ if gt ($x | value) 0.5 }}{{ $x.Labels.job }}{{ end }}{{ end }}',
      '{{- define "a" }}{{ printf "%.2f %5s|%-8.1f|%q" $value "a" 1.5 . | title }}{{ end -}}{{ template "a" . }}',
      '{{ $value | humanizeDuration }} {{ index $labels "job" }} {{ reReplaceAll "(a*)*" "$1" "aaa" }}',
    ],
    nests: [
      '{{ if true }}',
      '{{ (',
      '{{ range . }}',
      '{{ template "a" . }}',
      '{{ printf "%9999999d" 1 }}',
    ],
  },
  'templates of Alertmanager, filled in': {
    read: (text) => filledIn(text, ALERTMANAGER),
    texts: [
      '{{ range .Alerts.Firing }}{{ .Labels.SortedPairs.Values | join " " }}{{ end }}{{ .StartsAt.Format "15:04" }}',
      '{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}{{ .CommonLabels.Remove (stringSlice "a") }}',
    ],
    nests: ['{{ if .A }}', '{{ (.B '],
  },
  "a legend's places": {
    read: legendParts,
    texts: ['{{job}} on {{ instance }}'],
    nests: ['{{', '{{a}}'],
  },
  "Grafana's variables": {
    read: (text) => [
      variableUses(text).map((use) =>
        formatValues(['a|b', '"'], use.format, { multi: true, includeAll: true }),
      ),
      withGlobals(text, 15_000),
    ],
    texts: ['rate(x{job=~"$job", a="${b:regex}"}[$__rate_interval]) > [[limit:csv]]'],
    nests: ['${', '$', '[[', '${a:'],
  },
  'places to fill in': {
    read: placeholderIn,
    texts: ['{{ .Values.job }} > <limit> and ${A} %B%'],
    nests: ['{{', '<', '${', '%'],
  },
  'regular expressions, matched': {
    read: (text) => [
      re2Problem(text),
      matcherOf(text)?.('shop-7.example:8080'),
      samples(text),
      valueFor(text),
    ],
    texts: [
      '(?i:a|b)+[^a-z\\d]{2,3}(?P<x>.*?)$',
      '(.*)-(\\d+)\\.(example|test):(.+)',
      '[[:alpha:]]*\\pL?',
    ],
    nests: ['(', '(?:', '[', 'a{1000}', '(a*)*', '(a|', '\\', '.*'],
  },
  'what a regular expression captures, put elsewhere': {
    read: (text) => {
      const match = captured('(.*):(?P<port>.*)', 'host:80');
      return match && expand(text, match);
    },
    texts: ['${1}-$port-$2x-$$'],
    nests: ['$', '${', '$1'],
  },
  'rules of relabelling': {
    read: (text) =>
      relabel(Object.fromEntries(LABELS), [
        { source_labels: ['instance'], regex: text, target_label: 'a', replacement: text },
        { action: 'labelmap', regex: text, replacement: '$1' },
        { action: 'keep', source_labels: ['job'], regex: text },
      ]),
    texts: ['([^:]+)(?::\\d+)?', '${1}'],
    nests: ['(a*)*', '(a|', '$1'],
  },
  'versions of images': {
    read: versionOf,
    texts: ['prom/prometheus:v2.53.1', 'a:${TAG:-v1.2}'],
    nests: ['${A:-', ':', 'v1.'],
  },
  'names of images': {
    read: (text) => [canonical(text), qualified(text), splitName(text)],
    texts: ['docker.io/prom/prometheus:v3@sha256:ab', 'localhost:5000/a'],
    nests: ['/', ':', 'a/', '@'],
  },
  targets: { read: splitTarget, texts: ['host:8080', '[::1]:90'], nests: [':', '['] },
  'addresses of receivers': {
    read: httpEndpoint,
    texts: ['https://u:p@hooks.example.com:8443/x?y=z'],
    nests: ['https://', ':', '@', '%'],
  },
  'words of a message': {
    read: plain,
    texts: ['<b>a &amp; b</b> *c* <https://x|d>'],
    nests: ['<', '&', '<a ', '&#'],
  },
  'messages to receivers': {
    read: (body) => {
      const request = { method: 'POST', path: `/a/b?c=${body.slice(0, 20)}`, headers: {}, body };
      for (const kind of httpKinds({ resolve: ['Done'], reopen: [] }))
        for (const does of [kind.answer, kind.read])
          try {
            does(request);
          } catch (error) {
            if (!isRefusal(error)) throw error;
          }
    },
    texts: [
      '{"channel":"#a","text":"b","attachments":[{"title":"c","fields":[{"value":1}]}]}',
      'Action=Publish&Message=a%20b&TopicArn=arn',
      '{"fields":{"summary":"a"},"transition":{"id":"1"},"jql":"x"}',
    ],
    nests: ['[', '{"a":', '%', '&a='],
  },
  'accounts of a divided load': {
    read: (text) => accountsIn('a.log', text),
    texts: ['level=info PART {"schemaVersion":1,"run":"a","part":1,"counts":[]}\nPART {}\n'],
    nests: ['PART {', ' PART ', '{"schemaVersion"'],
  },
  "a service's metrics": {
    read: readServed,
    texts: [
      'http_requests_total{status="500"} 3\nhttp_request_duration_seconds_bucket{le="+Inf"} 1\n',
    ],
    nests: ['http_requests_total{', 'le="', '{'],
  },
  'what promtool says of examples': {
    read: (text) => [untrueIn(text), failedIds(text, [])],
    texts: [
      '    expr: "up # 3: a", time: 5m,\n        exp:{x="1"}\n        got: nil\n  alertname: A, time: 5m,\n',
    ],
    nests: ['expr: "', '\\"', 'expr: "a # 1: ', 'alertname: '],
  },
  'sources of apt': {
    read: (text) => sourcesOf(text, 'bookworm'),
    texts: ["'http://deb.example/debian/dists/bookworm/InRelease' deb.example_InRelease 0\n"],
    nests: ["'", "'http://a/dists/", '/dists/'],
  },
  'states of packages': {
    read: baseStatus,
    texts: [
      'Package: a\nStatus: install ok installed\nPriority: required\nDepends: b (>= 1) | c,\n d\n\nPackage: b\nStatus: install ok installed\nProvides: d\n',
    ],
    nests: ['Package: a\n', 'Depends: b, ', '\n \n', '\n x'],
  },
  "the kernel's table of connections": {
    read: (text) => [
      connectionsIn(text),
      userOf(
        { localAddress: '127.0.0.1', localPort: 1, remoteAddress: '127.0.0.1', remotePort: 2 },
        text,
      ),
    ],
    texts: [NET],
    nests: [' 0100007F:', ': ', ' 01 '],
  },
  "a process's limits": {
    read: (text) => grantable([{ name: 'nofile', soft: 10, hard: 20 }], text),
    texts: ['Max open files            1024                 1048576              files\n'],
    nests: ['Max open files ', ' '],
  },
  "the engine's stream of outputs": {
    read: (text) => demultiplexed(Buffer.from(text, 'latin1')),
    texts: [
      '\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0002ab\u0002\u0000\u0000\u0000\u0000\u0000\u0000\u0001c',
    ],
    nests: ['\u0000', '\u00ff'],
  },
  'JSON with numbers that it has no words for': {
    read: (text) => {
      try {
        fromExactJson(text);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
    },
    texts: ['{"a":["NaN",1,"+Inf",{"b":null}]}'],
    nests: ['[', '{"a":'],
  },
};

fuzzed(PARSERS);

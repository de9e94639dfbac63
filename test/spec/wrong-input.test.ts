import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/lib/errors.ts';
import { formatSource } from '../../src/model/source.ts';
import { withStackCopy } from '../support/stack-copy.ts';
import type { StackCopy } from '../support/stack-copy.ts';

const C = 'contract.yaml';
const P = 'prometheus/prometheus.yml';
const A = 'alertmanager/alertmanager.yml';
const RULES = 'prometheus/alerts/application.yml';
const SYSTEM = 'prometheus/alerts/system.yml';

interface Wrong {
  name: string;
  edits: [file: string, from: string, to: string][];
  /**
   * `file` and the text on whose line the problem must be, after the edits; then what its message
   * or expectation must hold.
   */
  problems: [file: string, at: string, says: string][];
}

const wrong = (name: string, edits: Wrong['edits'], ...problems: Wrong['problems']): Wrong => ({
  name,
  edits,
  problems,
});
const HIGH_ERROR =
  'stimulus: { kind: request-errors, service: backend, near: 0.045, over: 0.057, calm: 0 }';

const cases: Wrong[] = [
  // contract.yaml by itself
  wrong(
    'a version nobody knows',
    [[C, 'version: 1', 'version: 2']],
    [C, 'version: 2', '`version` is `2`'],
  ),
  wrong(
    'an unknown key at the top',
    [[C, 'metrics:\n', 'metric: 1\nmetrics:\n']],
    [C, 'metric: 1', 'metrics'],
  ),
  wrong(
    'a mistyped key of an alert',
    [[C, '    severity: critical\n', '    severty: critical\n']],
    [C, 'LowDiskSpace:\n', '`severity` is missing'],
    [C, 'severty', '`severity`, or one of'],
  ),
  wrong(
    'a mistyped key of a job',
    [[C, 'follower: HighErrorRate', 'folower: HighErrorRate']],
    [C, 'folower', '`follower`'],
  ),
  wrong(
    'a mistyped key of a metric',
    [[C, '{ type: gauge, jobs: [redis] }', '{ type: gauge, job: [redis], jobs: [redis] }']],
    [C, 'job: [redis]', 'unknown key'],
  ),
  wrong(
    'a mistyped key of a receiver',
    [[C, '{ kind: webhook, resolved: false }', '{ kind: webhook, too: x }']],
    [C, 'too: x', '`to`'],
  ),
  wrong(
    'a mistyped key of a stimulus',
    [[C, 'near: 0.78,', 'nearr: 0.78,']],
    [C, 'nearr', '`near`'],
  ),
  wrong(
    'a text that a comma cuts',
    [
      [
        C,
        '"counts Prometheus\'s own alerts, each of which is proved by itself"',
        "counts Prometheus's own alerts, each of which is proved by itself",
      ],
    ],
    [C, 'each of which', 'quotes around a text'],
  ),
  wrong(
    'a mistyped key without a value',
    [[C, '    severity: critical\n', '    severity: critical\n    forr:\n']],
    [C, '    forr:', 'unknown key `forr`, without a value'],
  ),
  wrong(
    'a mistyped key without a value in a rule',
    [[RULES, '        for: 5m\n', '        for: 5m\n        keep_firing:\n']],
    [RULES, 'keep_firing', 'unknown key `keep_firing`, without a value'],
  ),
  wrong(
    'a severity nobody knows',
    [[C, 'severity: warning', 'severity: warn']],
    [C, 'severity: warn\n', 'one of: critical, warning, none'],
  ),
  wrong('a missing `for`', [[C, '    for: 5m\n', '']], [C, '  HighCPUUsage:', '`for` is missing']),
  wrong(
    'a missing `every`',
    [[C, '    every: 30s\n', '']],
    [C, '  HighCPUUsage:', '`every` is missing'],
  ),
  wrong(
    'a missing `window`',
    [[C, '    window: 5m\n', '']],
    [C, '  HighCPUUsage:', '`window` is missing'],
  ),
  wrong(
    'a `for` without a value',
    [[C, '    for: 5m\n', '    for:\n']],
    [C, '    for:\n', '`for` is missing'],
  ),
  wrong(
    'a duration that is none',
    [[C, 'for: 5m', 'for: 5 min']],
    [C, '5 min', 'a duration such as'],
  ),
  wrong('a duration that is too long', [[C, 'for: 5m', 'for: 31d']], [C, '31d', 'at most 30d']),
  wrong('a negative duration', [[C, 'window: 5m', 'window: -5m']], [C, '-5m', 'a duration']),
  wrong(
    'an `every` of nothing',
    [[C, 'every: 30s', 'every: 0s']],
    [C, 'every: 0s', 'longer than 0'],
  ),
  wrong(
    'a pattern that is none',
    [[C, '["CPU .*$instance"', '["CPU (.*$instance"']],
    [C, 'CPU (', 'a regular expression'],
  ),
  wrong(
    'nobody who scrapes and evaluates',
    [[C, 'component: prometheus', 'component: redis-exporter']],
    [C, 'jobs:', 'component: prometheus'],
  ),
  wrong(
    'a component nobody can start',
    [[C, 'component: redis-exporter', 'component: redis_exporter']],
    [C, 'redis_exporter', '`redis-exporter`'],
  ),
  wrong(
    'a target without a port',
    [[C, '"backend:8000"', 'backend']],
    [C, 'target: backend,', 'host:port'],
  ),
  wrong(
    'a stimulus nobody knows',
    [[C, 'kind: host-cpu', 'kind: hostcpu']],
    [C, 'hostcpu', '`host-cpu`'],
  ),
  wrong(
    'a level that is a text',
    [[C, 'near: 0.78', 'near: "0.78"']],
    [C, 'near: "0.78"', 'a number'],
  ),
  wrong(
    'a list where a map belongs',
    [[C, 'labels: { job: backend }', 'labels: [job, backend]']],
    [C, 'labels: [job, backend]', 'a map of keys'],
  ),
  wrong(
    'no receivers',
    [[C, 'receivers: [slack]', 'receivers: []']],
    [C, 'receivers: []', 'at least one entry'],
  ),
  wrong(
    'a key twice',
    [[C, '    for: 5m\n', '    for: 5m\n    for: 6m\n']],
    [C, 'for: 6m', 'unique'],
  ),
  wrong('a job twice', [[C, '  minio:     {', '  backend:   {']], [C, 'fake/minio', 'unique']),
  // levels
  wrong(
    'near and over the same',
    [[C, 'near: 0.78, over: 0.82', 'near: 0.82, over: 0.82']],
    [C, 'near: 0.82', 'the same'],
  ),
  wrong(
    'near outside of calm and over',
    [[C, 'near: 0.78, over: 0.82, calm: 0.2', 'near: 0.78, over: 0.82, calm: 0.8']],
    [C, 'calm: 0.8 ', "doesn't lie between"],
  ),
  wrong(
    'near on the far side',
    [[C, 'near: 1, over: 0, calm: 3', 'near: 4, over: 0, calm: 3']],
    [C, 'near: 4', "doesn't lie between"],
  ),
  wrong(
    'a share over 1',
    [[C, 'near: 0.78, over: 0.82', 'near: 0.78, over: 82']],
    [C, 'over: 82', 'from 0 to 1'],
  ),
  wrong(
    'half a camera',
    [[C, 'near: 20, over: 21', 'near: 20.5, over: 21']],
    [C, 'near: 20.5', 'a whole number from 0 to 100'],
  ),
  wrong(
    'too many cameras',
    [[C, 'over: 21, calm', 'over: 121, calm']],
    [C, 'over: 121', 'from 0 to 100'],
  ),
  wrong(
    'fewer than no streams',
    [[C, 'near: 1, over: 0', 'near: 1, over: -1']],
    [C, 'over: -1', 'a whole number'],
  ),
  wrong(
    'negative recording errors',
    [[C, 'over: 0.11, calm: 0 ', 'over: 0.11, calm: -0.1 ']],
    [C, 'calm: -0.1', 'a number from 0'],
  ),
  wrong('a missing level', [[C, ', over: 0.82', '']], [C, 'near: 0.78', 'needs `over`']),
  wrong(
    'levels where there are none',
    [[C, '{ kind: outage }', '{ kind: outage, near: 1 }']],
    [C, 'kind: outage, near', 'has no `near`'],
  ),
  wrong(
    'a service where there is none',
    [[C, 'kind: host-cpu,', 'kind: host-cpu, service: ai,']],
    [C, 'kind: host-cpu', 'has no `service`'],
  ),
  wrong(
    'a missing service',
    [[C, 'kind: request-errors, service: backend,', 'kind: request-errors,']],
    [C, 'kind: request-errors,', 'needs a `service`'],
  ),
  wrong(
    'a service that is no job',
    [[C, 'component: fake/ai', 'component: fake/minio']],
    [C, 'service: ai', 'fake/ai'],
  ),
  wrong(
    'a request alert without labels',
    [
      [
        C,
        `    labels: { job: backend }\n    receivers: [slack, email]\n    silenced_by: [ServiceDown]\n    limit: "> 0.05"\n    ${HIGH_ERROR}`,
        `    receivers: [slack, email]\n    silenced_by: [ServiceDown]\n    limit: "> 0.05"\n    ${HIGH_ERROR}`,
      ],
    ],
    [C, '  HighErrorRate:\n', '`labels` is missing'],
  ),
  // between the files
  wrong(
    'an alert without a rule',
    [[SYSTEM, 'alert: HighCPUUsage', 'alert: HighCpuUsage']],
    [C, '  HighCPUUsage:\n', '(expected `HighCpuUsage`)'],
    [SYSTEM, 'HighCpuUsage', 'the contract has no alert'],
  ),
  wrong(
    'an alert twice',
    [[SYSTEM, 'alert: HighMemoryUsage', 'alert: HighCPUUsage']],
    [C, '  HighMemoryUsage:\n', 'no rule file has an alert'],
    [SYSTEM, 'alert: HighCPUUsage\n        expr: 100 * (1 - node_memory', 'system.yml:5'],
  ),
  wrong(
    'a job that is scraped elsewhere',
    [[P, '"backend:8000"', '"backend:8080"']],
    [P, 'job_name: backend', 'backend:8000'],
  ),
  wrong(
    'a job that is scraped by another name',
    [[P, 'job_name: redis', 'job_name: reddis']],
    [C, '  redis: ', '`reddis`'],
    [P, 'reddis', '`redis`'],
  ),
  wrong(
    'a job that is scraped twice',
    [[P, 'job_name: redis\n', 'job_name: postgres\n']],
    [C, '  redis: ', 'no scrape job'],
    [P, 'job_name: postgres\n    static_configs:\n      - targets: ["redis', 'stands twice'],
  ),
  wrong(
    'a follower that is no alert',
    [[C, 'follower: HighErrorRate', 'follower: HighErrorRat']],
    [C, 'HighErrorRat ', '`HighErrorRate`'],
  ),
  wrong(
    'a receiver that is none',
    [[C, 'receivers: [slack, email]', 'receivers: [slack, mail]']],
    [C, 'mail]', '`email`'],
  ),
  wrong(
    'a receiver that Alertmanager has not',
    [
      [A, '- name: watchdog', '- name: guard'],
      [A, 'receiver: watchdog', 'receiver: guard'],
    ],
    [C, '  watchdog:', 'Alertmanager has no receiver'],
  ),
  wrong(
    'a receiver of another kind',
    [[C, '{ kind: webhook, resolved: false }', '{ kind: email }']],
    [C, '{ kind: email }', 'webhook, as there'],
  ),
  wrong(
    'a label of a job that is none',
    [[C, 'labels: { job: streaming }', 'labels: { job: stream }']],
    [C, 'job: stream }', 'the contract has no job'],
  ),
  wrong(
    'a metric of a job that is none',
    [
      [
        C,
        '[backend, streaming, ai], labels: [method, endpoint, status]',
        '[backend, stream, ai], labels: [method, endpoint, status]',
      ],
    ],
    [C, 'stream, ai', 'the contract has no job `stream`'],
  ),
  wrong(
    'a metric that is not promised',
    [[RULES, 'rate(http_requests_total[5m])) > 0.05', 'rate(http_request_total[5m])) > 0.05']],
    [RULES, '        expr: |', 'expected `http_requests_total`)'],
  ),
  wrong(
    'the bucket of what is no histogram',
    [
      [
        C,
        'http_request_duration_seconds: { type: histogram',
        'http_request_duration_seconds: { type: gauge',
      ],
    ],
    [RULES, 'histogram_quantile', 'http_request_duration_seconds_bucket'],
  ),
  wrong(
    'no Watchdog',
    [[C, '{ kind: always }', '{ kind: outage }']],
    [C, 'alerts:\n  High', '`always`'],
  ),
  // prometheus
  wrong(
    'an unknown key in prometheus.yml',
    [[P, '  scrape_timeout: 10s', '  scrape_timout: 10s']],
    [P, 'scrape_timout', '`scrape_timeout`'],
  ),
  wrong(
    'an unknown key of a job',
    [[P, 'metrics_path:', 'metric_path:']],
    [P, 'metric_path', '`metrics_path`'],
  ),
  wrong(
    'a timeout longer than its interval',
    [[P, 'scrape_timeout: 10s', 'scrape_timeout: 16s']],
    [P, '16s', 'at most 15s'],
  ),
  wrong(
    'a rule file that is not there',
    [[P, '  - alerts/*.yml', '  - alerts/*.yml\n  - rules/*.yml']],
    [P, 'rules/*.yml', 'no file matches'],
  ),
  wrong(
    'no rule files',
    [[P, 'alerts/*.yml', 'alert/*.yml']],
    [P, 'alert/*.yml', 'no file matches'],
  ),
  wrong(
    'an unknown key of a rule',
    [[RULES, '        for: 5m', '        four: 5m']],
    [RULES, 'four', '`for`'],
  ),
  wrong(
    'an unknown key of a group',
    [[RULES, '    interval: 30s', '    intervall: 30s']],
    [RULES, 'intervall', '`interval`'],
  ),
  wrong(
    'PromQL in a block',
    [[RULES, '[5m])) > 0.05', '[5m]) > 0.05']],
    [RULES, ') > 0.05', "doesn't parse"],
  ),
  wrong(
    'PromQL in one line',
    [[RULES, 'expr: up == 0', 'expr: up === 0']],
    [RULES, 'up === 0', 'near `= 0`'],
  ),
  wrong(
    'an empty expression',
    [[RULES, 'expr: up == 0', 'expr: ""']],
    [RULES, 'expr: ""', "doesn't parse"],
  ),
  wrong(
    'a rule that is neither',
    [[RULES, '- alert: ServiceDown', '- name: ServiceDown']],
    [C, '  ServiceDown:', 'no rule file'],
    [RULES, 'name: ServiceDown', '`alert` is missing'],
    [RULES, 'name: ServiceDown', 'unknown key'],
  ),
  // alertmanager
  wrong(
    'a route to nobody',
    [[A, 'receiver: email', 'receiver: mail']],
    [A, 'receiver: mail', '`email`'],
  ),
  wrong(
    'an unknown key of a route',
    [[A, 'repeat_interval: 4h', 'repeat_intervall: 4h']],
    [A, 'repeat_intervall', '`repeat_interval`'],
  ),
  wrong(
    'an unknown key of a receiver',
    [[A, 'slack_configs:', 'slack_config:']],
    [A, 'slack_config:', '`slack_configs`'],
  ),
  wrong(
    'an unknown key of an inhibition',
    [[A, 'equal: [job, instance]', 'equals: [job, instance]']],
    [A, 'equals:', '`equal`'],
  ),
  wrong(
    'a matcher that is none',
    [[A, '[severity="critical"]', '[severity critical]']],
    [A, 'severity critical', 'is no matcher'],
  ),
  wrong(
    'a group interval of nothing',
    [[A, 'group_interval: 1m', 'group_interval: 0s']],
    [A, 'group_interval: 0s', 'longer than 0'],
  ),
];

async function problemsOf(
  change: (stack: StackCopy) => void,
): Promise<{ where: string; line: number; file: string; text: string }[]> {
  return withStackCopy(async (stack) => {
    change(stack);
    const error: unknown = await stack.spec().then(
      () => undefined,
      (e: unknown) => e,
    );
    if (error === undefined) return [];
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).problems.map((p) => ({
      where: formatSource(p.source),
      line: p.source.line,
      file: p.source.file,
      text: `${p.message} (expected ${p.expected})`,
    }));
  });
}

describe('wrong input', () => {
  it.each(cases)('$name', async ({ edits, problems }) => {
    let expected: { file: string; line: number; says: string }[] = [];
    const found = await problemsOf((stack) => {
      for (const edit of edits) stack.edit(...edit);
      expected = problems.map(([file, at, says]) => {
        const before = stack.read(file).split(at);
        expect(before.length, `${at} in ${file}`).toBeGreaterThan(1);
        return { file, line: (before[0] ?? '').split('\n').length, says };
      });
    });
    expect(
      found.map((p) => `${p.file}:${p.line}`),
      found.map((p) => p.text).join('\n'),
    ).toEqual(expected.map((p) => `${p.file}:${p.line}`));
    for (const { file, line, says } of expected)
      expect(
        found
          .filter((p) => p.file === file && p.line === line)
          .map((p) => p.text)
          .join('\n'),
      ).toContain(says);
  });

  it('tells all at once, in order, each once', async () => {
    let expected: string[] = [];
    const found = await problemsOf((stack) => {
      const edits: [string, string, string][] = [
        [A, 'receiver: email', 'receiver: mail'],
        [C, 'follower: HighErrorRate', 'follower: HighErrorRat'],
        [C, 'component: redis-exporter', 'component: redis'],
        [C, 'kind: host-cpu', 'kind: hostcpu'],
        [RULES, 'expr: up == 0', 'expr: up =='],
        [SYSTEM, 'for: 5m', 'for: five'],
        [P, 'metrics_path: /', 'metric_path: /'],
      ];
      for (const edit of edits) stack.edit(...edit);
      // Without meta.yml nobody knows where the Watchdog is: that it has no rule isn't said.
      stack.write('prometheus/alerts/meta.yml', 'groups: [');
      expected = edits.map(
        ([file, , to]) => `${file}:${(stack.read(file).split(to)[0] ?? '').split('\n').length}`,
      );
      expected.splice(5, 0, 'prometheus/alerts/meta.yml:1');
    });
    expect(found.map((p) => `${p.file}:${p.line}`)).toEqual(expected);
  });

  it('points into an expression, whatever its style', async () => {
    const rule = (expr: string): string =>
      `groups:\n  - name: a\n    rules:\n      - record: x\n        expr: ${expr}\n`;
    const places = await Promise.all(
      [
        'up == == 1',
        '"up == == 1"',
        "'up == == 1'",
        '|\n          up\n            == == 1',
        '>-\n          up\n          == == 1',
        '"up{a=\\"b\\"} == == 1"',
        'up ==\n          == 1',
      ].map(async (expr) =>
        (await problemsOf((stack) => stack.write('prometheus/alerts/x.yml', rule(expr)))).map(
          (p) => p.where,
        ),
      ),
    );
    expect(places.flat()).toEqual(
      ['5:21', '5:22', '5:22', '7:16', '7:14', '5:31', '6:11'].map(
        (at) => `prometheus/alerts/x.yml:${at}`,
      ),
    );
  });

  it('missing, unreadable and empty files', async () => {
    expect(
      (
        await problemsOf((stack) => rmSync(join(stack.dir, 'alertmanager'), { recursive: true }))
      ).map((p) => p.where),
    ).toEqual([`${A}:1:1`]);
    await withStackCopy(async (stack) => {
      rmSync(stack.dir, { recursive: true });
      await expect(stack.spec()).rejects.toThrow(`no such folder: ${stack.dir}`);
      mkdirSync(stack.dir);
      await expect(stack.spec()).rejects.toMatchObject({
        problems: [A, C, P].map((file) => ({ source: { file } })),
      });
    });
    expect((await problemsOf((stack) => stack.write(C, ''))).map((p) => p.text)).toEqual([
      'the file is empty (expected a map of keys)',
    ]);
    const utf8 = await problemsOf((stack) =>
      stack.write(RULES, Buffer.concat([Buffer.from('groups:\n  - n'), Buffer.from([0xff, 0xfe])])),
    );
    expect(utf8.map((p) => p.where)).toEqual([`${RULES}:2:6`]);
  });

  it.each([
    ['[', 20_000],
    ['{a: ', 20_000],
    ['- ', 20_000],
    ['a: &a [*a, *a]\n', 1],
  ])('%s, %d times', async (text, times) => {
    for (const file of [C, P, A, RULES])
      expect(
        (await problemsOf((stack) => stack.write(file, text.repeat(times)))).length,
      ).toBeGreaterThan(0);
  });

  it('aliases made to exhaust memory', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
    );
    expect(
      (await problemsOf((stack) => stack.write(P, `l0: &l0 x\n${levels.join('\n')}\n`)))
        .map((p) => p.text)
        .join(),
    ).toContain('few aliases');
  });
});

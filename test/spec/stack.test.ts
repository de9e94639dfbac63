import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/lib/errors.ts';
import { readSpec } from '../../src/spec/index.ts';
import { STACK, withStackCopy } from '../support/stack-copy.ts';

describe("GT-Vision's own stack", () => {
  it('is read, with everything in it', async () => {
    const { prometheus, alertmanager, contract, files } = await readSpec(STACK);
    expect(files.map((f) => f.path)).toContain('alertmanager/templates/gtvision.tmpl');
    expect(files.filter((f) => f.path.includes('secrets') || f.path === 'contract.yaml')).toEqual(
      [],
    );
    expect(prometheus).toMatchObject({
      scrapeIntervalMs: 15_000,
      evaluationIntervalMs: 15_000,
      alertmanagers: ['alertmanager:9093'],
      externalLabels: { cluster: 'gtvision-prod' },
    });
    expect(prometheus.jobs.map((j) => j.name)).toEqual(contract.jobs.map((j) => j.name));
    const rules = prometheus.ruleGroups.flatMap((g) => g.rules);
    expect(rules.map((r) => r.alert).sort()).toEqual(contract.alerts.map((a) => a.name).sort());
    expect(rules.find((r) => r.alert === 'HighErrorRate')).toMatchObject({
      forMs: 300_000,
      widestRangeMs: 300_000,
      metrics: ['http_requests_total'],
      source: { line: 5, column: 9 },
      exprSource: { line: 7, column: 15 },
    });
    expect(contract.alerts[0]).toMatchObject({
      name: 'HighCPUUsage',
      forMs: 300_000,
      everyMs: 30_000,
      stimulus: { kind: 'host-cpu', near: 0.78 },
    });
    expect(contract.jobs.find((j) => j.name === 'prometheus')?.toldBySilence).toContain('Watchdog');
    expect(alertmanager.receivers.map((r) => r.integrations[0])).toMatchObject([
      { kind: 'slack', sendResolved: true },
      { kind: 'email', sendResolved: true },
      { kind: 'webhook', sendResolved: false },
    ]);
  });

  it('inherits along the routes, from defaults on', async () => {
    await withStackCopy(async (stack) => {
      stack.write(
        'alertmanager/alertmanager.yml',
        'route:\n  receiver: slack\n  routes:\n    - match: { a: b }\n      group_wait: 1s\n      routes: [{ receiver: email, matchers: ["{a=\\"b\\",c!~d}"] }]\nreceivers: [{ name: slack, slack_configs: [{}] }, { name: email, email_configs: [{ to: a }] }, { name: watchdog, webhook_configs: [{}] }]\n',
      );
      const { alertmanager } = await stack.spec();
      const inherited = {
        receiver: 'slack',
        groupBy: [],
        groupWaitMs: 30_000,
        groupIntervalMs: 300_000,
        repeatIntervalMs: 14_400_000,
      };
      expect(alertmanager.route).toMatchObject({
        ...inherited,
        routes: [
          {
            ...inherited,
            groupWaitMs: 1_000,
            matchers: ['a="b"'],
            routes: [
              {
                ...inherited,
                receiver: 'email',
                groupWaitMs: 1_000,
                matchers: ['a="b"', 'c!~"d"'],
              },
            ],
          },
        ],
      });
      expect(alertmanager.receivers.map((r) => r.integrations[0]?.sendResolved)).toEqual([
        false,
        false,
        true,
      ]);
    });
  });

  it('a stack that behaves otherwise than promised is no wrong input', async () => {
    await withStackCopy(async (stack) => {
      stack.edit('prometheus/alerts/application.yml', 'for: 5m', 'for: 6m');
      stack.edit('prometheus/alerts/application.yml', 'severity: critical', 'severity: page');
      stack.edit('prometheus/alerts/application.yml', 'interval: 30s', 'interval: 1m');
      stack.edit('alertmanager/alertmanager.yml', 'continue: true', 'continue: false');
      stack.edit('alertmanager/alertmanager.yml', 'equal: [job]', 'equal: [instance]');
      stack.write(
        'prometheus/alerts/recording.yml',
        'groups:\n  - name: r\n    rules:\n      - { record: "job:x:rate", expr: "sum(rate(http_requests_total[5m]))" }\n',
      );
      const { prometheus, files } = await stack.spec();
      expect(prometheus.ruleGroups.find((g) => g.name === 'r')?.rules).toEqual([]);
      expect(files.map((f) => f.path)).toContain('prometheus/alerts/recording.yml');
    });
  });
});

describe('any bytes', () => {
  it('give a spec or an InputError, 100 times', { timeout: 600_000 }, async () => {
    // A generator with a seed: a failure can be repeated.
    let state = 42;
    const random = (n: number): number =>
      (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) % n;
    const files = [
      'contract.yaml',
      'prometheus/prometheus.yml',
      'prometheus/alerts/application.yml',
      'prometheus/alerts/system.yml',
      'alertmanager/alertmanager.yml',
    ];
    const interesting = [...Buffer.from('\n\t :-[]{}&*!|>\'"#%@`,?<\\0'), 0, 0xff, 0xc3];
    await withStackCopy(async (stack) => {
      let [specs, errors] = [0, 0];
      for (let i = 0; i < 100; i++) {
        const file = files[random(files.length)] ?? '';
        const original = stack.read(file);
        let bytes = Buffer.from(original);
        for (let n = 0; n <= random(3); n++) {
          const at = random(bytes.length);
          const value = interesting[random(interesting.length)] ?? 0;
          const kind = random(4);
          if (kind === 0) bytes[at] = value;
          else if (kind === 1)
            bytes = Buffer.concat([
              bytes.subarray(0, at),
              Buffer.from([value]),
              bytes.subarray(at),
            ]);
          else if (kind === 2)
            bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(20))]);
          else
            bytes = Buffer.concat([
              bytes.subarray(0, at),
              bytes.subarray(random(bytes.length), random(bytes.length)),
            ]);
          if (bytes.length === 0) break;
        }
        stack.write(file, bytes);
        try {
          await stack.spec();
          specs++;
        } catch (error) {
          if (!(error instanceof InputError))
            throw new Error(`round ${i}, ${file}`, { cause: error });
          for (const { source } of error.problems)
            expect(source.line > 0 && source.column > 0 && source.file !== '').toBe(true);
          errors++;
        }
        stack.write(file, original);
      }
      expect(specs).toBeGreaterThan(1);
      expect(errors).toBeGreaterThan(50);
    });
  });
});

describe('what the reader of stacks takes, verify takes too', () => {
  it('rule files by their absolute path', async () => {
    await withStackCopy(async (stack) => {
      stack.edit('prometheus/prometheus.yml', 'alerts/*.yml', '/etc/prometheus/alerts/*.yml');
      const { prometheus } = await stack.spec();
      expect(prometheus.ruleGroups.flatMap((g) => g.rules).map((r) => r.alert)).toContain(
        'Watchdog',
      );
    });
  });

  it('a dashboard with values that are null, as Grafana exports them', async () => {
    await withStackCopy(async (stack) => {
      const path = 'grafana/dashboards/system-overview.json';
      const board = JSON.parse(stack.read(path).toString()) as object;
      stack.write(path, JSON.stringify({ id: null, gnetId: null, ...board, iteration: null }));
      const { dashboards } = await stack.spec();
      expect(dashboards.map((d) => d.file)).toContain(path);
    });
  });
});

import { execaSync } from 'execa';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkFolder } from '../../src/commands/check.ts';
import { findPromtool } from '../../src/commands/promtool.ts';
import type { CheckResult } from '../../src/model/check.ts';
import { defaultCacheDir, ensureCache } from '../../src/programs/index.ts';
import { withStackCopy } from '../support/stack-copy.ts';
import { PROJECT } from '../support/cases.ts';
import { COMMAND_LINE } from '../support/cli.ts';

/** A cold cache is fetched once. */
const FETCH_MS = 300_000;
const APPLICATION = 'prometheus/alerts/application.yml';
const SYSTEM = 'prometheus/alerts/system.yml';
const INFRASTRUCTURE = 'prometheus/alerts/infrastructure.yml';
const META = 'prometheus/alerts/meta.yml';
const BUSINESS = 'prometheus/alerts/business.yml';

/** GT-Vision's stack with one change. */
const changed = (file: string, from: string, to: string): Promise<CheckResult> =>
  withStackCopy(async (stack) => {
    stack.edit(file, from, to);
    return checkFolder(stack.dir);
  });
const ofPromises = (result: CheckResult): string[] =>
  result.findings
    .filter((f) => f.rule.startsWith('promise/'))
    .map((f) => `${f.rule} ${f.subject ?? ''}`);

beforeAll(async () => {
  if (await findPromtool()) return;
  await ensureCache({
    cacheDir: defaultCacheDir(),
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
}, FETCH_MS);

describe('the contract, held against the rules by promtool', () => {
  it('every alert of GT-Vision keeps its promise, and each is said to fire', async () => {
    const { findings, promises } = await withStackCopy((stack) => checkFolder(stack.dir));
    expect(findings).toEqual([]);
    expect(promises?.ran).toBe(true);
    expect(promises?.notJudged).toEqual([]);
    expect(promises?.assertions).toBeGreaterThan(300);
    expect(promises?.panels).toBeGreaterThan(60);
    expect(promises?.alerts.length).toBeGreaterThan(9);
    for (const alert of promises?.alerts ?? [])
      expect(alert.firing, alert.alert).toBeGreaterThan(0);
  });

  it.each([
    ['an average for a sum', 'sum by (job) (gtvision_active', 'avg by (job) (gtvision_active'],
    ['what nothing divided by nothing is', ' >= 0"', '"'],
    ['an hour for two', 'lpr_events_total[1h]', 'lpr_events_total[2h]'],
  ])('a panel that shows %s is told, where it stands', async (_what, from, to) => {
    const { findings } = await changed('grafana/dashboards/business-metrics.json', from, to);
    expect([...new Set(findings.map((f) => f.rule))]).toEqual(['promise/panel-differs']);
    expect(findings[0]?.file).toBe('grafana/dashboards/business-metrics.json');
  });

  it.each([
    [
      'a limit that is further away',
      SYSTEM,
      '} < 15',
      '} < 14.7',
      'LowDiskSpace',
      'just above the limit, it is not pending',
    ],
    [
      'a limit that is nearer',
      SYSTEM,
      '> 85',
      '> 84.5',
      'HighMemoryUsage',
      'just below the limit, it is not silent',
    ],
    [
      'a comparison that includes the limit',
      BUSINESS,
      '> 0.2',
      '>= 0.2',
      'HighCameraOfflineRate',
      'just below the limit, it is not silent',
    ],
    [
      'a label that is aggregated away',
      APPLICATION,
      'sum by (job) (rate(http_requests_total{status=~"5.."}[5m]))\n            / sum by (job) (',
      'sum(rate(http_requests_total{status=~"5.."}[5m]))\n            / sum(',
      'HighErrorRate',
      'just above the limit, it is not pending',
    ],
    [
      'another quantile',
      APPLICATION,
      '0.95',
      '0.9',
      'SlowResponseTime',
      'just above the limit, it is not pending',
    ],
    [
      'a limit that is off in its last digit',
      BUSINESS,
      '> 0.1',
      '> 0.1001',
      'RecordingFailures',
      'a last digit beyond the limit, it is not',
    ],
    [
      'a comparison that includes a limit which no run meets exactly',
      SYSTEM,
      ')) > 80',
      ')) >= 80',
      'HighCPUUsage',
      'exactly at the limit, it is not silent',
    ],
    [
      'the last two samples instead of a window',
      BUSINESS,
      'rate(gtvision_recording_errors_total',
      'irate(gtvision_recording_errors_total',
      'RecordingFailures',
      'in a burst that the window averages out, it is not silent',
    ],
    [
      'a window twice as long',
      APPLICATION,
      '{status=~"5.."}[5m]',
      '{status=~"5.."}[10m]',
      'HighErrorRate',
      'when a surge has drained from the window, it is not silent',
    ],
    [
      'the highest of two databases for both together',
      INFRASTRUCTURE,
      'sum by (job, instance) (pg_stat',
      'max by (job, instance) (pg_stat',
      'PostgresConnectionsHigh',
      'just above the limit, it is not pending',
    ],
    [
      'a pseudo file system that is full by nature',
      SYSTEM,
      '"tmpfs|ramfs|devtmpfs|overlay|squashfs|iso9660|erofs|fuse.*|nsfs|proc|sysfs|autofs"}\n            / node_filesystem_size_bytes{fstype!~"tmpfs|',
      '"ramfs|devtmpfs|overlay|squashfs|iso9660|erofs|fuse.*|nsfs|proc|sysfs|autofs"}\n            / node_filesystem_size_bytes{fstype!~"',
      'LowDiskSpace',
      'just below the limit, it is not silent',
    ],
    [
      'what is proved in virtual time alone, its window twice as long',
      META,
      'prometheus_rule_evaluation_failures_total[5m]',
      'prometheus_rule_evaluation_failures_total[10m]',
      'RulesFail',
      'when a surge has drained from the window, it is not silent',
    ],
    [
      'a value that is printed raw',
      SYSTEM,
      'it is at {{ printf "%.1f" $value }}%.\'\n          runbook_url: https://github.com/gt-vision/observability/blob/main/docs/runbooks/HighCPU',
      'it is at {{ printf "%.3f" $value }}%.\'\n          runbook_url: https://github.com/gt-vision/observability/blob/main/docs/runbooks/HighCPU',
      'HighCPUUsage',
      'a last digit beyond the limit, it is not read as promised',
    ],
  ])('%s', async (_name, file, from, to, alert, says) => {
    const result = await changed(file, from, to);
    expect(ofPromises(result)).toEqual([`promise/broken alert ${alert}`]);
    expect(result.findings.find((f) => f.rule === 'promise/broken')?.title).toContain(says);
    expect(result.promises?.ran).toBe(true);
  });

  it('an alert that stays on differs by its text', async () => {
    const result = await changed(
      APPLICATION,
      'expr: up == 0\n        for: 1m',
      'expr: up == 0\n        keep_firing_for: 10m\n        for: 1m',
    );
    expect(ofPromises(result)).toEqual(['promise/differs alert ServiceDown']);
  });

  it('a `for` that differs is told once, by its text', async () => {
    const result = await changed(
      SYSTEM,
      'node_memory_MemTotal_bytes) > 85\n        for: 5m',
      'node_memory_MemTotal_bytes) > 85\n        for: 4m',
    );
    expect(ofPromises(result)).toEqual(['promise/differs alert HighMemoryUsage']);
  });

  it('what cannot be judged is said: a stimulus that nobody knows, a rule file that is broken', async () => {
    const unknown = await changed('contract.yaml', 'kind: host-cpu', 'kind: host-noise');
    expect(unknown.promises?.notJudged).toEqual([
      {
        alert: 'HighCPUUsage',
        reason: 'nobody knows which series the stimulus `host-noise` makes',
      },
    ]);
    const broken = await changed(SYSTEM, '> 85', '> (85');
    expect(broken.promises?.ran).not.toBe(true);
  });

  it('it is switched off with a reason; a switch that hits nothing is told once promtool has run', async () => {
    const off =
      '      # gtv-check: off promise/broken -- the contract follows next week\n      - alert: LowDiskSpace';
    const result = await withStackCopy(async (stack) => {
      stack.edit(SYSTEM, '      - alert: LowDiskSpace', off);
      const unused = await checkFolder(stack.dir);
      expect(unused.findings.map((f) => f.rule)).toEqual(['check/off-unused']);
      expect((await checkFolder(stack.dir, { promises: false })).findings).toEqual([]);
      stack.edit(SYSTEM, '} < 15', '} < 14.7');
      return checkFolder(stack.dir);
    });
    expect([result.findings, result.switchedOff]).toEqual([[], 1]);
  });

  it('the tests are kept where asked, and promtool runs them there', async () => {
    const promtool = await findPromtool();
    const dir = mkdtempSync(join(tmpdir(), 'tests-'));
    try {
      execaSync(
        process.execPath,
        [COMMAND_LINE, 'check', '--write-tests', join(dir, 'alerts.yml')],
        { cwd: PROJECT },
      );
      const names = readdirSync(dir).sort();
      expect(names).toEqual([
        'alerts.15s.yml',
        'alerts.1m.yml',
        'alerts.30s.yml',
        'alerts.panels.yml',
      ]);
      expect(readFileSync(join(dir, 'alerts.1m.yml'), 'utf8')).toContain('firing at');
      expect(execaSync(promtool ?? '', ['test', 'rules', ...names], { cwd: dir }).exitCode).toBe(0);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

import { totalmem } from 'node:os';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readExposition } from '../support/exposition.ts';
import {
  filesAtRealTime,
  memoryAtRealTime,
} from '../../src/capacity-run/inside/drivers/targets.ts';
import { underLoadConfig } from '../../src/capacity-run/inside/monitoring/config.ts';
import { jobText, labelSets } from '../../src/capacity-run/inside/monitoring/job-text.ts';
import { OwnMetrics } from '../../src/capacity-run/inside/monitoring/own-metrics.ts';
import {
  clonedGroups,
  lightGroups,
  ruleText,
  stackGroups,
} from '../../src/capacity-run/inside/monitoring/rule-texts.ts';
import { Scrapes } from '../../src/capacity-run/inside/monitoring/scrapes.ts';
import { thingsText } from '../../src/capacity-run/inside/monitoring/things-text.ts';
import { ownFigures } from '../../src/capacity-run/inside/monitoring/window.ts';
import { capacity } from '../../src/technologies/gt-vision/capacity.ts';
import { processUse } from '../capacity/samples.ts';
import type { MetricPlan } from '../../src/model/metric-plan.ts';

const CAMERAS = capacity.scraped[0]?.things ?? { label: '', prefix: '', metrics: [] };
const source = { file: 'contract.yaml', line: 1, column: 1 };
const metric = (
  name: string,
  type: MetricPlan['type'],
  labels: string[],
  series: number,
): MetricPlan => ({ name, type, jobs: ['backend'], labels, series, source, selected: false });

describe('texts that are scraped', () => {
  it('have fifty series for each camera, each series once', () => {
    const text = thingsText(CAMERAS, 100, 3);
    const { series, types } = readExposition(text.next().toString());
    expect(text.series).toBe(150);
    expect(series.size).toBe(150);
    expect([...series.keys()].filter((key) => key.includes('camera="cam-000102"'))).toHaveLength(
      50,
    );
    expect(types.get('gtvision_camera_frame_delay_seconds')).toBe('histogram');
  });

  it('keep their length while counters grow and gauges waver', () => {
    const text = thingsText(CAMERAS, 0, 2);
    const before = text.next();
    const first = readExposition(before.toString()).series;
    const length = before.length;
    const after = text.next();
    const second = readExposition(after.toString()).series;
    expect(after.length).toBe(length);
    const [counter, gauge] = [
      'gtvision_camera_frames_total{camera="cam-000001"}',
      'gtvision_camera_width_pixels{camera="cam-000001"}',
    ];
    expect(second.get(counter)).toBeGreaterThan(first.get(counter) ?? NaN);
    expect(second.get(gauge)).toBe(first.get(gauge));
  });

  it("are a job's promised metrics at their largest, with the values that expressions look for", () => {
    const metrics = [
      metric('http_requests_total', 'counter', ['method', 'endpoint', 'status'], 60),
      metric('http_request_duration_seconds', 'histogram', ['endpoint'], 3),
      metric('up_to_one', 'gauge', [], 1),
    ];
    const { series } = readExposition(jobText('backend', metrics).next().toString());
    expect(series.size).toBe(60 + 3 * 16 + 1);
    expect([...series.keys()].some((key) => /http_requests_total\{.*status="503"/.test(key))).toBe(
      true,
    );
    expect(jobText('another', metrics).series).toBe(0);
  });

  it('have no series twice, however many are promised', () => {
    for (const asked of [
      metric('m', 'gauge', ['mode'], 100),
      metric('m', 'gauge', ['mode', 'status'], 100),
      metric('m', 'gauge', ['cpu', 'mode'], 512),
      metric('m', 'gauge', ['device', 'fstype', 'mountpoint'], 20),
    ]) {
      const sets = labelSets(asked).map((set) => JSON.stringify(set));
      expect(new Set(sets).size).toBe(sets.length);
    }
    expect(labelSets(metric('m', 'gauge', ['mode'], 100))).toHaveLength(8);
  });
});

describe('scrapes', () => {
  it('are counted by when they came, the beginning of a window left out', () => {
    const scrapes = new Scrapes(2);
    for (const [target, at] of [
      [0, 100],
      [1, 150],
      [0, 200],
      [1, 250],
    ] as const)
      scrapes.add(target, at);
    const seen: number[] = [];
    scrapes.within(100, 200, (target) => seen.push(target));
    expect(seen).toEqual([1, 0]);
    expect(scrapes.scrapedTargets).toBe(2);
  });

  it('are not cut in two by a window that begins in the longest pause', () => {
    const scrapes = new Scrapes(3);
    for (const [target, at] of [
      [0, 1_000],
      [1, 1_100],
      [2, 1_700],
    ] as const)
      scrapes.add(target, at);
    // Due again at 3,000, 3,100 and 3,700: the longest pause in the second after 2,900 is between
    // the last two.
    expect(scrapes.quiet(2_900, 1_000, 1_000)).toBe(3_400);
  });
});

describe('what Prometheus says of itself', () => {
  const names = new Set([
    'prometheus_tsdb_head_samples_appended_total',
    'prometheus_rule_group_last_duration_seconds',
    'prometheus_rule_group_interval_seconds',
  ]);
  const at = (ms: number, samples: number, duration: number): OwnMetrics =>
    new OwnMetrics(
      `# HELP x\nprometheus_tsdb_head_samples_appended_total{type="float"} ${samples}\nprometheus_tsdb_head_samples_appended_total{type="histogram"} 0\nprometheus_rule_group_last_duration_seconds{rule_group="a b;g"} ${duration}\nprometheus_rule_group_interval_seconds{rule_group="a b;g"} 2\nother 5\n`,
      names,
      ms,
    );

  it('is told of the whole window: growth by time, and the longest evaluation however short it was', () => {
    expect(ownFigures([at(0, 1_000, 0.1), at(1_000, 2_000, 3), at(2_000, 5_000, 0.2)])).toEqual({
      samplesPerSecond: 2_000,
      ruleEvaluationSeconds: 3,
      ruleShareOfInterval: 1.5,
    });
  });

  it('is left out where it cannot be known', () => {
    expect(ownFigures([])).toEqual({});
    expect(ownFigures([at(0, 1_000, NaN), at(1_000, 10, NaN)])).toEqual({});
  });
});

describe('rules', () => {
  const text =
    'groups:\n  - name: g\n    interval: 1s\n    rules:\n      - { alert: A, expr: up == 0, labels: { severity: warning } }\n      - { record: r, expr: sum(up) }\n  - name: h\n    rules: [{ alert: B, expr: up == 1 }]\n';
  const groups = stackGroups({
    files: [
      { path: 'prometheus/alerts/a.yml', text },
      { path: 'grafana/x.yaml', text: 'groups: [1]' },
      { path: 'prometheus/prometheus.yml', text: 'global: {}' },
    ],
  });

  it("are the stack's own again and again, told apart, with one more that tells of each evaluation", () => {
    const cloned = clonedGroups(groups, 3, '500ms');
    expect(cloned.map(({ name, interval, rules }) => [name, interval, rules.length])).toEqual([
      ['g-0', '1s', 3],
      ['h-0', '500ms', 2],
      ['g-1', '1s', 3],
      ['h-1', '500ms', 2],
      ['g-2', '1s', 3],
      ['h-2', '500ms', 2],
    ]);
    expect(cloned[2]?.rules[0]).toEqual({
      alert: 'A',
      expr: 'up == 0',
      labels: { severity: 'warning', clone: '1' },
    });
    expect(cloned[2]?.rules.at(-1)).toEqual({
      record: 'capacity_evaluated',
      expr: 'vector(1)',
      labels: { group: 'g-1', interval: '1s', rules: '3' },
    });
    expect((parse(ruleText(cloned)) as { groups: unknown[] }).groups).toHaveLength(6);
  });

  it.each([1, 99, 100, 101, 1_234])(
    'are %d light ones, in groups of a hundred at most',
    (count) => {
      const light = lightGroups(count, 'up{job="a"}', '500ms');
      expect(light.reduce((sum, { rules }) => sum + rules.length, 0)).toBe(count);
      expect(Math.max(...light.map(({ rules }) => rules.length))).toBeLessThanOrEqual(100);
    },
  );
});

it("the configuration is the stack's own but for its targets and the load's rules", () => {
  const stack =
    'global: { scrape_interval: 3s, external_labels: { cluster: c } }\nrule_files: [alerts/*.yml]\nalerting: { alertmanagers: [] }\nscrape_configs: [{ job_name: x }]\n';
  expect(
    parse(
      underLoadConfig(
        stack,
        [{ name: 'load', targetsFile: '/d/targets.json' }],
        ['/d/rules.yml'],
        true,
      ),
    ),
  ).toEqual({
    global: { scrape_interval: '3s', external_labels: { cluster: 'c' } },
    rule_files: ['/etc/prometheus/alerts/*.yml', '/d/rules.yml'],
    scrape_configs: [
      {
        job_name: 'load',
        file_sd_configs: [{ files: ['/d/targets.json'], refresh_interval: '1h' }],
      },
    ],
  });
  expect(
    (parse(underLoadConfig(stack, [], [], false)) as { rule_files: string[] }).rule_files,
  ).toEqual([]);
});

it('memory is counted as if there were as many series as at real time', () => {
  expect(
    memoryAtRealTime({ machineMemoryShare: 0.2, subjectMemoryBytes: totalmem() / 100 }, 5)
      .machineMemoryShare,
  ).toBeCloseTo(0.24, 6);
  expect(memoryAtRealTime({ machineMemoryShare: 0.2, subjectMemoryBytes: 1 }, 1)).toEqual({
    machineMemoryShare: 0.2,
  });
  expect(memoryAtRealTime({}, 5)).toEqual({});
});

it('open files are those of Prometheus with as many targets as at real time', () => {
  const use = processUse('prometheus', 1, { openFiles: 2_000, openFilesLimit: 20_000 });
  expect(
    filesAtRealTime(
      [
        processUse('exporters', 1, {
          role: 'generator',
          openFiles: 19_999,
          openFilesLimit: 20_000,
        }),
        use,
      ],
      5,
    ),
  ).toEqual({ openFilesShare: 0.5 });
  expect(filesAtRealTime([{ ...use, openFiles: null }], 5)).toEqual({});
  expect(filesAtRealTime([], 5)).toEqual({});
});

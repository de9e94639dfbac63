import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { runProgram } from '../src/commands/run-program.ts';
import { BASE } from '../test/check/support.ts';
import { maintenance } from './maintenance.ts';

const LIMITS = { ownS: 1, largeS: 10, largeBytes: 1024 ** 3, helpS: 0.15 };
const RULES = 2_000;
const RULES_PER_FILE = 100;
const DASHBOARDS = 500;
const PANELS = 20;
const TIMES = 5;

const row = (name: string, figure: string, limit: string): void =>
  void process.stdout.write(`${name.padEnd(56)} ${figure.padStart(10)}   ${limit}\n`);

/** As it is started by whoever calls it: seconds of wall time, and the most memory it had. */
async function timed(
  args: string[],
): Promise<{ seconds: number; bytes: number; exitCode: number; summary: string }> {
  const report = `process.on('exit', () => process.stderr.write('MAXRSS ' + process.resourceUsage().maxRSS + '\\n'))`;
  const started = performance.now();
  const result = await execa(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(report)}`,
      'scripts/gtv.js',
      'check',
      ...args,
    ],
    { reject: false, env: { NO_COLOR: '1' }, maxBuffer: 1024 ** 3 },
  );
  return {
    seconds: (performance.now() - started) / 1000,
    bytes: Number(/MAXRSS (\d+)/.exec(result.stderr)?.[1] ?? NaN) * 1024,
    exitCode: result.exitCode ?? -1,
    summary: result.stdout.split('\n').findLast((line) => line.includes(' in ')) ?? result.stderr,
  };
}

/**
 * A sound stack of many rules and dashboards, each rule with its own name, expression and texts.
 */
function writeLarge(dir: string): void {
  const write = (path: string, text: string): void => {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  for (const { path, text } of BASE)
    if (!path.startsWith('grafana/dashboards/'))
      write(path, text.replaceAll(/\n\s+runbook_url: .*/g, ''));
  for (let file = 0; file < RULES / RULES_PER_FILE; file++)
    write(`prometheus/rules/large${file}.yml`, ruleFile(file));
  for (let n = 0; n < DASHBOARDS; n++) write(`grafana/dashboards/large${n}.json`, dashboard(n));
}

function ruleFile(file: number): string {
  const rules = Array.from(
    { length: RULES_PER_FILE },
    (_, i) => `      - alert: Errors${file}x${i}
        # One alert for the service, not one for each route.
        expr: |
          sum by (job) (rate(http_requests_total{status=~"5..", endpoint!="/r${i}"}[5m]))
            / sum by (job) (rate(http_requests_total[5m])) > 0.${10 + i}
        for: 5m
        labels:
          severity: critical
        annotations:
          summary: '{{ $labels.job }} answers with errors (${file}, ${i})'
          description: 'The share of errors of {{ $labels.job }} is {{ $value | humanizePercentage }}.'
`,
  );
  return `groups:\n  - name: large${file}\n    interval: 30s\n    rules:\n${rules.join('')}`;
}

function dashboard(n: number): string {
  const variable = { name: 'job', type: 'query', query: 'label_values(up, job)' };
  const all = {
    uid: `large${n}`,
    title: `Large ${n}`,
    schemaVersion: 41,
    templating: { list: [variable] },
    panels: Array.from({ length: PANELS }, (_, i) => panel(i)),
  };
  return JSON.stringify(all, null, 2);
}

function panel(i: number): object {
  const selector = `http_requests_total{job=~"$job", endpoint!="/r${i}"}`;
  const steps = [
    { color: 'green', value: null },
    { color: 'red', value: 80 },
  ];
  return {
    id: i + 1,
    type: 'timeseries',
    title: `Requests ${i}`,
    description: `What job ${i} does.`,
    datasource: { type: 'prometheus', uid: 'prometheus' },
    gridPos: { x: (i % 2) * 12, y: Math.floor(i / 2) * 8, w: 12, h: 8 },
    fieldConfig: {
      defaults: { unit: 'reqps', thresholds: { mode: 'absolute', steps } },
      overrides: [],
    },
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    targets: [
      {
        refId: 'A',
        expr: `sum by (job, method) (rate(${selector}[$__rate_interval]))`,
        legendFormat: '{{job}} {{method}}',
      },
    ],
  };
}

await runProgram(
  maintenance(
    'bench-check',
    "Measures `npm run check`: GT-Vision's stack with start-up, and a made-up large one; " +
      'prints the figures beside the limits.',
  ).action(bench),
);

async function bench(): Promise<void> {
  // Compiled once for each state of the sources: that isn't what is measured.
  await timed(['--help']);
  const isSlow = [await medianOf('help of a command', ['--help'], LIMITS.helpS)];
  isSlow.push(await medianOf("GT-Vision's stack", ['--no-promises'], LIMITS.ownS));
  const dir = mkdtempSync(join(tmpdir(), 'bench-check-'));
  try {
    writeLarge(dir);
    const large = await timed(['--no-promises', dir]);
    row(
      `${RULES} rules, ${DASHBOARDS} dashboards of ${PANELS} panels: time`,
      `${large.seconds.toFixed(1)} s`,
      `under ${LIMITS.largeS} s; exit ${large.exitCode}; ${large.summary}`,
    );
    row(
      `${RULES} rules, ${DASHBOARDS} dashboards of ${PANELS} panels: memory`,
      `${(large.bytes / 1024 ** 2).toFixed(0)} MiB`,
      `under ${LIMITS.largeBytes / 1024 ** 2} MiB`,
    );
    isSlow.push(large.seconds > LIMITS.largeS, large.bytes > LIMITS.largeBytes);
    if (isSlow.includes(true)) process.exitCode = 1;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Prints the median of some starts. @returns whether it is over its limit */
async function medianOf(what: string, args: string[], limitS: number): Promise<boolean> {
  const all = [];
  for (let i = 0; i < TIMES; i++) all.push(await timed(args));
  const seconds = all.map((one) => one.seconds).sort((a, b) => a - b);
  const median = seconds[Math.floor(TIMES / 2)] ?? NaN;
  row(
    `${what}, with start-up, median of ${TIMES} (worst ${(seconds.at(-1) ?? NaN).toFixed(2)} s)`,
    `${median.toFixed(2)} s`,
    `under ${limitS} s; exit ${all[0]?.exitCode ?? -1}`,
  );
  return median > limitS;
}

import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { until } from '../../src/lib/wait.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { changedStack } from '../support/cases.ts';
import { NO_ENGINE, newRunsDir, onlyRun, startCli } from '../support/cli.ts';
import { mountsNaming, processesNaming } from '../support/left-behind.ts';

const signal = new AbortController().signal;
const WAIT_MS = 90_000;
/** One world with few components: a second one would go on to its end. */
const SMALL = ['--stack', 'test/stacks/cache', '--only', 'alert/TargetDown/redis'];

/** Whether a process is one that another started, over however many between: others run too. */
function isBelow(ancestor: number | undefined): (process: string) => boolean {
  const parentOf = (pid: string): string =>
    /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return (process) => {
    let pid = process.split(' ')[0] ?? '0';
    while (Number(pid) > 1 && pid !== String(ancestor)) pid = parentOf(pid);
    return pid === String(ancestor);
  };
}

/** Waits until a run's components answer: Prometheus has written its first block of a log. */
async function running(runsDir: string): Promise<string> {
  return until(
    () =>
      Promise.resolve(
        readdirSync(runsDir).length === 1 &&
          existsSync(join(onlyRun(runsDir), 'logs', 'prometheus.log')) &&
          readFileSync(join(onlyRun(runsDir), 'logs', 'prometheus.log'), 'utf8').includes(
            'Server is ready',
          )
          ? onlyRun(runsDir)
          : undefined,
      ),
    { what: 'Prometheus runs', timeoutMs: WAIT_MS, signal },
  );
}

/** Nothing of the run is left: no process, no mount. */
async function nothingLeft(runDir: string): Promise<void> {
  await until(() => Promise.resolve(processesNaming(runDir).length === 0 ? true : undefined), {
    what: `no process of ${runDir}: ${processesNaming(runDir).join('; ')}`,
    timeoutMs: 60_000,
    signal,
  });
  expect(mountsNaming(runDir)).toEqual([]);
}

/** What is in a run's folder; whether other worlds ran beside it was for the machine to say. */
function keptIn(runDir: string): string[] {
  return readdirSync(runDir)
    .filter((name) => name !== 'worlds')
    .sort();
}

describe('a run that is interrupted', () => {
  it(
    'by Ctrl-C: says so, exits 2, keeps its evidence, leaves nothing',
    { timeout: WAIT_MS },
    async () => {
      const runsDir = newRunsDir();
      const cli = startCli(['verify'], runsDir);
      const runDir = await running(runsDir);
      expect(processesNaming(runDir).length).toBeGreaterThan(5);
      cli.kill('SIGINT');
      const result = await cli;
      expect(result.exitCode).toBe(2);
      expect(result.stdout).toContain('interrupted');
      expect(
        (JSON.parse(readFileSync(join(runDir, 'evidence.json'), 'utf8')) as Evidence).interruption,
      ).not.toBeNull();
      await nothingLeft(runDir);
      expect(keptIn(runDir)).toEqual([
        'check.json',
        'command.json',
        'etc',
        'evidence.json',
        'junit.xml',
        'logs',
        'plan.json',
        'report.html',
        'report.json',
      ]);
    },
  );

  it(
    'by kill -9 of the harness: nothing goes on running, and `down` removes the rest',
    { timeout: WAIT_MS },
    async () => {
      const runsDir = newRunsDir();
      const cli = startCli(['verify'], runsDir);
      const runDir = await running(runsDir);
      cli.kill('SIGKILL');
      await cli;
      await nothingLeft(runDir);
      expect(existsSync(join(runDir, 'data'))).toBe(true);
      const down = await startCli(['down'], runsDir, NO_ENGINE);
      expect(down.exitCode).toBe(0);
      expect(down.stdout).toContain(runDir);
      // What was checked beside the run is there or not yet.
      expect(keptIn(runDir).filter((name) => name !== 'check.json')).toEqual([
        'command.json',
        'etc',
        'logs',
        'plan.json',
      ]);
      expect((await startCli(['down'], runsDir, NO_ENGINE)).stdout).toContain(
        'Nothing was left behind',
      );
    },
  );

  it(
    'by kill -9 of a proof: `down` removes its databases and its key as well',
    { timeout: WAIT_MS },
    async () => {
      const runsDir = newRunsDir();
      const cli = startCli(['prove', 'test/stacks/shop'], runsDir);
      const runDir = await running(runsDir);
      cli.kill('SIGKILL');
      await cli;
      await nothingLeft(runDir);
      expect(keptIn(runDir)).toEqual(expect.arrayContaining(['data', 'tls']));
      const down = await startCli(['down'], runsDir, NO_ENGINE);
      expect(down.exitCode).toBe(0);
      expect(down.stdout).toContain(runDir);
      expect(keptIn(runDir)).toEqual([
        'command.json',
        'etc',
        'logs',
        'plan.json',
        'solution.json',
        'virtual.json',
      ]);
    },
  );

  it(
    'by Ctrl-C, as a proof: exits 2, says so, and keeps what was seen',
    { timeout: WAIT_MS },
    async () => {
      const runsDir = newRunsDir();
      const cli = startCli(['prove', 'test/stacks/shop'], runsDir);
      const runDir = await running(runsDir);
      cli.kill('SIGINT');
      const result = await cli;
      expect(result.exitCode).toBe(2);
      expect(result.stdout).toContain('The run ended early: the run was interrupted');
      await nothingLeft(runDir);
      expect(keptIn(runDir)).toEqual(expect.arrayContaining(['evidence.json', 'report.json']));
    },
  );

  it(
    'by who removes its folder: a proof ends all the same, and says so',
    { timeout: WAIT_MS },
    async () => {
      const runsDir = newRunsDir();
      const cli = startCli(['prove', 'test/stacks/shop'], runsDir);
      const runDir = await running(runsDir);
      rmSync(runDir, { recursive: true, maxRetries: 5 });
      cli.kill('SIGINT');
      const result = await cli;
      expect(result.exitCode).toBe(2);
      expect(result.stderr).toContain("the run's folder was removed while it ran");
      await nothingLeft(runDir);
    },
  );

  it(
    'by the crash of a component: names it, exits 2, and is not a pass',
    { timeout: WAIT_MS },
    async () => {
      const runsDir = newRunsDir();
      const cli = startCli(['verify', ...SMALL], runsDir);
      const runDir = await running(runsDir);
      const victim = await until(
        () => Promise.resolve(processesNaming('redis-server').filter(isBelow(cli.pid))[0]),
        { what: 'Redis runs', timeoutMs: 60_000, signal },
      );
      process.kill(Number(victim.split(' ')[0]), 'SIGKILL');
      const result = await cli;
      expect(result.exitCode).toBe(2);
      expect(result.stdout).toContain('redis-server ended by itself (SIGKILL)');
      await nothingLeft(runDir);
    },
  );
});

describe('wrong input: all problems at once, nothing is started', () => {
  it('each with file and line', async () => {
    const stack = changedStack([
      {
        file: 'contract.yaml',
        find: '    for: 5m\n    keep_firing_for: 0s\n    every: 30s\n    window: 5m\n    labels: { job: node, instance: "node-exporter:9100" }\n    receivers: [slack]',
        put: '    for: 5x\n    keep_firing_for: 0s\n    every: 30s\n    window: 5m\n    labels: { job: node, instance: "node-exporter:9100" }\n    recievers: [slack]',
      },
      { file: 'prometheus/alerts/meta.yml', find: 'vector(1)', put: 'vector(1' },
      { file: 'alertmanager/alertmanager.yml', find: 'group_wait: 0s', put: 'group_wait: soon' },
    ]);
    const runsDir = newRunsDir();
    const result = await startCli(['verify', '--stack', stack], runsDir);
    expect(result.exitCode).toBe(2);
    for (const place of [
      'contract.yaml:',
      'prometheus/alerts/meta.yml:7:',
      'alertmanager/alertmanager.yml:',
    ])
      expect(result.stderr).toContain(place);
    expect(result.stderr).toContain('receivers');
    expect(result.stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(runsDir)).toEqual([]);
  });

  it.each([
    [['verify', '--speed', '0'], 'from 1 to 600'],
    [['verify', '--sped', '5'], '--speed'],
    [['verfy'], 'verify'],
    [['judge', '/nowhere'], 'no run with plan.json'],
  ])('%j', async (args, word) => {
    const result = await startCli(args);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(word);
  });
});

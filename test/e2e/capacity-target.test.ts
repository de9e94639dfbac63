import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import { judgeStep } from '../../src/capacity/judge-step.ts';
import { targetDimension } from '../../src/capacity/dimensions/services.ts';
import type { StepMeasurement } from '../../src/model/capacity-step.ts';
import { openTarget } from '../../src/capacity-run/target.ts';
import { machineCpu } from '../../src/capacity-run/measure/proc.ts';
import { defaultCacheDir, ensureCache } from '../../src/programs/index.ts';
import { readSpec } from '../../src/spec/index.ts';
import { PROJECT } from '../support/cases.ts';

const signal = new AbortController().signal;
const { k6 } = await ensureCache({
  cacheDir: defaultCacheDir(),
  onProgress: () => undefined,
  signal,
});
const dimension = targetDimension(await readSpec(join(PROJECT, 'stack')), []);
const patience = { answerWithinMs: 1_000, recoverWithinMs: 2_000 };
const STEP_MS = 60_000;

/** A server in a process of its own, for as long as a test takes. */
async function serving(test: TestContext, ...args: string[]): Promise<URL> {
  const child = execa(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('../support/target.ts', import.meta.url)), ...args],
    { cwd: PROJECT, reject: false },
  );
  test.onTestFinished(async () => {
    child.kill('SIGKILL');
    await child;
  });
  const [port] = await new Promise<string[]>((resolve) =>
    child.stdout.once('data', (data: Buffer) => resolve(String(data).trim().split('\n'))),
  );
  return new URL(`http://127.0.0.1:${port ?? ''}/`);
}

/** One step of a load against it. */
async function measured(url: URL, load: number): Promise<StepMeasurement> {
  const runner = await openTarget({
    url,
    dimension,
    runDir: mkdtempSync(join(tmpdir(), 'gtv-target-')),
    k6,
    signal,
    patience,
  });
  return runner.step({ id: 'step', load, warmUpMs: 1_000, measuredMs: 2_000 });
}

// Each load is a small one, and their times aren't judged: they run side by side.
describe.concurrent('a target', () => {
  it(
    'that answers is measured, and its own process is watched',
    { timeout: STEP_MS },
    async (test) => {
      const { figures, parts, processes, trouble } = await measured(await serving(test), 50);
      expect(trouble).toBeNull();
      expect(figures.offeredPerSecond).toBe(50);
      expect(figures.errorShare).toBe(0);
      expect(figures.latencyP95Seconds).toBeGreaterThan(0);
      expect(parts['target']).toMatchObject({ offeredPerSecond: 50, errorShare: 0 });
      expect(processes.map(({ role }) => role).sort()).toEqual(['generator', 'harness', 'subject']);
      expect(processes.find(({ role }) => role === 'subject')?.memoryBytes).toBeGreaterThan(1e6);
      expect(processes.find(({ role }) => role === 'generator')?.cpuCores).toBeGreaterThan(0);
    },
  );

  it(
    'that fails every fourth request breaks by its errors, as many as there were',
    { timeout: STEP_MS },
    async (test) => {
      const measurement = await measured(await serving(test, '--fail-every', '4'), 50);
      expect(measurement.figures.errorShare).toBeCloseTo(0.25, 1);
      const quiet = {
        ...measurement,
        figures: { ...measurement.figures, othersCpuShare: 0, stealShare: 0 },
      };
      expect(judgeStep(quiet, dimension.limits)).toMatchObject({
        outcome: 'breaks',
        breaches: [{ limit: { alert: 'HighErrorRate' } }],
      });
    },
  );

  it('that refuses is told before anything is sent', { timeout: STEP_MS }, async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(measured(new URL(`http://127.0.0.1:${port}/`), 50)).rejects.toThrow(
      /can't be reached: .*ECONNREFUSED/,
    );
  });

  it(
    'that takes connections and says nothing is told before anything is sent',
    { timeout: STEP_MS },
    async (test) => {
      await expect(measured(await serving(test, '--hang-after', '0'), 50)).rejects.toThrow(
        /gave no answer within 1 s/,
      );
    },
  );

  it.for([
    ['died', '--die-after'],
    ['hung', '--hang-after'],
  ] as const)(
    'that %s in the middle of a step: the step doesn’t count',
    { timeout: STEP_MS },
    async ([kind, option], test) => {
      const measurement = await measured(await serving(test, option, '60'), 50);
      expect(measurement.trouble?.kind).toBe(kind);
      expect(judgeStep(measurement, dimension.limits)).toMatchObject({
        outcome: 'invalid',
        reason: kind,
      });
    },
  );

  it(
    'is left alone when the run is interrupted: k6 ends at once',
    { timeout: STEP_MS },
    async (test) => {
      const stop = new AbortController();
      const runner = await openTarget({
        url: await serving(test),
        dimension,
        runDir: mkdtempSync(join(tmpdir(), 'gtv-target-')),
        k6,
        signal: stop.signal,
        patience,
      });
      const step = runner.step({ id: 'step', load: 20, warmUpMs: 1_000, measuredMs: 600_000 });
      setTimeout(() => stop.abort(new Error('interrupted')), 3_000);
      await expect(step).rejects.toThrow('interrupted');
    },
  );
});

it(
  'a target that is asked for twice what it can do breaks by its latency: what waits has waited from its intended start',
  { timeout: STEP_MS },
  async (test) => {
    // 100 a second at most: after the warm-up a whole second's worth waits.
    const measurement = await measured(await serving(test, '--one-by-one', '10'), 200);
    expect(measurement.figures.latencyP95Seconds).toBeGreaterThan(1);
    expect(measurement.figures.achievedPerSecond).toBeLessThan(130);
    const quiet = {
      ...measurement,
      figures: { ...measurement.figures, othersCpuShare: 0, stealShare: 0 },
    };
    expect(judgeStep(quiet, dimension.limits)).toMatchObject({
      outcome: 'breaks',
      breaches: [
        { limit: { alert: 'SlowResponseTime' } },
        { limit: { figure: 'achievedPerSecond' } },
      ],
    });
  },
);

it(
  'a target on a machine on which another process takes a core: the step doesn’t count',
  { timeout: STEP_MS },
  async (test) => {
    const url = await serving(test);
    // Nobody's child here: what this process starts counts as the harness's own.
    const burner = execa(
      'setsid',
      [
        '--fork',
        process.execPath,
        '-e',
        'console.log(process.pid); for (const end = Date.now() + 20_000; Date.now() < end;);',
      ],
      { reject: false },
    );
    const pid = Number(
      await new Promise<string>((resolve) =>
        burner.stdout.once('data', (data: Buffer) => resolve(String(data))),
      ),
    );
    test.onTestFinished(async () => {
      process.kill(pid, 'SIGKILL');
      await burner;
    });
    const measurement = await measured(url, 20);
    expect(measurement.figures.othersCpuShare).toBeGreaterThan(0.5 / machineCpu().cores);
    // One core of very many is nothing to speak of.
    if (machineCpu().cores <= 4)
      expect(judgeStep(measurement, dimension.limits)).toMatchObject({
        outcome: 'invalid',
        reason: 'busy-machine',
      });
  },
);

import { longOrSkip } from '../support/long.ts';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { dimensionsOf } from '../../src/capacity/dimensions/index.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { makePlan } from '../../src/plan/index.ts';
import type { StepRunner } from '../../src/capacity-run/runner.ts';
import { openWorld } from '../../src/capacity-run/world.ts';
import { defaultCacheDir, ensureCache } from '../../src/programs/index.ts';
import { readSpec } from '../../src/spec/index.ts';
import { PROJECT } from '../support/cases.ts';

// Small loads on the real Prometheus: what is measured is what was made. How much it can bear is no
// question for a test.
const STEP = { warmUpMs: 3_000, measuredMs: 6_000 };
let world: StepRunner | undefined;
let runDir = '';

afterEach(async () => {
  await world?.[Symbol.asyncDispose]();
  world = undefined;
  rmSync(runDir, { recursive: true, force: true });
});

async function opened(id: string): Promise<StepRunner> {
  const signal = new AbortController().signal;
  const spec = await readSpec(join(PROJECT, 'stack'));
  const dimension = dimensionsOf(spec).find((each) => each.id === id);
  if (!dimension) throw new Error(`there is no dimension ${id}`);
  const programs = await ensureCache({
    cacheDir: defaultCacheDir(),
    onProgress: () => undefined,
    signal,
  });
  const plan = makePlan(spec, 'stack', dimension.speed, {
    wants: (name) => name.startsWith('panel/'),
    text: 'panels',
  });
  runDir = mkdtempSync(join(tmpdir(), 'gtv-capacity-'));
  world = await openWorld({
    plan,
    dimension,
    runDir,
    programs,
    signal,
    waitingFor: () => undefined,
  });
  return world;
}

/** The Prometheus of this run, by the folder that its arguments name. */
function prometheusPid(): number {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const [command = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return command.endsWith('/prometheus') && args.some((arg) => arg.includes(runDir));
      } catch {
        return false;
      }
    });
  if (pids.length !== 1) throw new Error(`${pids.length} of them run`);
  return Number(pids[0]);
}

describe('the monitoring under load', () => {
  it('cameras: what should come is series by interval, and all of it comes; a Prometheus that dies is told, and back for the next step', async (context) => {
    longOrSkip(context);
    const { step } = await opened('cameras');
    const first = await step({ ...STEP, id: 'cameras-1', load: 500 });
    expect(first.trouble).toBeNull();
    // At speed 5: a fifth of the cameras, every 3 s.
    expect(first.figures.samplesExpectedPerSecond).toBeCloseTo((500 * 50) / 15, 6);
    expect(first.figures.samplesShare).toBeGreaterThan(0.8);
    expect(first.figures.samplesShare).toBeLessThanOrEqual(1);
    expect(first.figures.targetsUpShare).toBeLessThanOrEqual(1);
    expect(first.figures.headSeries).toBeGreaterThanOrEqual(5_000);
    expect(first.figures.scrapeP99Seconds).toBeGreaterThan(0);
    expect(first.processes.map(({ name, role }) => `${name} ${role}`).sort()).toEqual([
      'exporters generator',
      'prometheus subject',
      'the harness harness',
    ]);
    expect(first.processes.find(({ name }) => name === 'prometheus')?.memoryBytes).toBeGreaterThan(
      20 * 1024 ** 2,
    );

    const dying = step({ ...STEP, measuredMs: 30_000, id: 'cameras-2', load: 500 });
    await delay(15_000);
    process.kill(prometheusPid(), 'SIGKILL');
    expect((await dying).trouble).toMatchObject({
      kind: 'died',
      detail: expect.stringContaining('SIGKILL') as string,
    });
    expect(
      (await step({ ...STEP, id: 'cameras-3', load: 1_000 })).figures.samplesExpectedPerSecond,
    ).toBeCloseTo((1_000 * 50) / 15, 6);
  }, 180_000);

  it('targets: each has an address of its own', async (context) => {
    longOrSkip(context);
    const { step } = await opened('targets');
    const { figures, trouble } = await step({ ...STEP, id: 'targets-1', load: 50 });
    expect(trouble).toBeNull();
    expect(figures.samplesExpectedPerSecond).toBeCloseTo((50 * 25) / 15, 6);
    expect(figures.targetsUpShare).toBeGreaterThan(0.8);
  }, 90_000);

  it.for(['rules', 'rules/light'])(
    '%s: each evaluation is counted, and how long it took',
    { timeout: 90_000 },
    async (id, context) => {
      longOrSkip(context);
      const { step } = await opened(id);
      const { figures, trouble } = await step({
        ...STEP,
        measuredMs: 8_000,
        id: 'rules-1',
        load: 3_000,
      });
      expect(trouble).toBeNull();
      expect(figures.ruleEvaluationsShare).toBeGreaterThan(0.8);
      expect(figures.ruleEvaluationsShare).toBeLessThanOrEqual(1);
      expect(figures.ruleShareOfInterval).toBeGreaterThan(0);
      expect(figures.iterationsMissed).toBeDefined();
    },
  );

  it('viewers: every query of every panel is answered', async (context) => {
    longOrSkip(context);
    const { step } = await opened('viewers');
    const { figures, trouble } = await step({ ...STEP, id: 'viewers-1', load: 20 });
    expect(trouble).toBeNull();
    expect(figures.errorShare).toBe(0);
    expect(figures.queryP95Seconds).toBeGreaterThan(0);
    expect(figures.achievedPerSecond).toBeGreaterThan(0);
  }, 180_000);
});

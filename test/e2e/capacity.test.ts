import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { until } from '../../src/lib/wait.ts';
import { capacitySchema } from '../../src/model/capacity-schema.ts';
import { newRunsDir, onlyRun, startCli } from '../support/cli.ts';
import { processesNaming } from '../support/left-behind.ts';

const signal = new AbortController().signal;
const RUN_MS = 400_000;

const SMALL = [
  'capacity',
  'requests/backend',
  '--repetitions',
  '1',
  '--start',
  '50',
  '--max',
  '100',
  '--warm-up',
  '1s',
  '--measure',
  '2s',
  '--no-alerting',
  '--quiet',
];

describe('a capacity run of the stack’s own services', () => {
  it(
    'measures the service in a world of its own, and leaves nothing but its results',
    { timeout: RUN_MS },
    async () => {
      const runsDir = newRunsDir();
      const { exitCode, stdout } = await startCli(SMALL, runsDir);
      const runDir = onlyRun(runsDir);
      const result = capacitySchema.parse(
        JSON.parse(readFileSync(join(runDir, 'capacity.json'), 'utf8')),
      );
      const [dimension] = result.dimensions;
      // On a machine that others use too, steps may not count; what was measured was measured all
      // the same.
      const step =
        dimension?.steps.find(({ verdict }) => verdict.outcome === 'holds') ??
        dimension?.steps.at(-1);
      expect(step?.measurement.trouble).toBeNull();
      expect(step?.measurement.parts['backend']).toMatchObject({
        errorShare: 0,
        servedErrorShare: 0,
      });
      for (const figure of [
        'latencyP95Seconds',
        'achievedPerSecond',
        'generatorCpuCores',
        'subjectCpuCores',
        'harnessCpuCores',
        'subjectMemoryBytes',
        'machineCpuShare',
        'othersCpuShare',
        'eventLoopLagP99Seconds',
        'servedP95Seconds',
        'connections',
        'openFilesShare',
      ] as const)
        expect(step?.measurement.figures[figure], figure).toBeTypeOf('number');
      expect(step?.measurement.processes.map(({ name, role }) => `${role} ${name}`).sort()).toEqual(
        ['generator k6', 'harness the harness', 'stack prometheus', 'subject backend'],
      );
      expect(stdout).toContain('requests to backend');
      expect(exitCode).toBe(dimension?.saturationPoint.kind === 'at least' ? 0 : 2);
      expect(readdirSync(runDir).sort()).toEqual([
        'capacity.json',
        'command.json',
        'logs',
        'report.html',
        'steps.jsonl',
        'worlds',
      ]);
      expect(existsSync(join(runDir, 'worlds', 'requests-backend', 'data'))).toBe(false);
      expect(processesNaming(runDir)).toEqual([]);
    },
  );

  it(
    'after kill -9 of the harness nothing goes on running, and `down` removes the rest',
    { timeout: RUN_MS },
    async () => {
      const runsDir = newRunsDir();
      const cli = startCli(SMALL, runsDir);
      const steps = (): boolean =>
        readdirSync(runsDir).length === 1 && existsSync(join(onlyRun(runsDir), 'steps.jsonl'));
      await until(() => Promise.resolve(steps() || undefined), {
        what: 'a step is finished',
        timeoutMs: RUN_MS,
        signal,
      });
      const runDir = onlyRun(runsDir);
      cli.kill('SIGKILL');
      await cli;
      await until(() => Promise.resolve(processesNaming(runDir).length === 0 || undefined), {
        what: 'no process of the run is left',
        timeoutMs: 60_000,
        signal,
      });
      const down = await startCli(['down'], runsDir);
      expect(down.stdout).toContain(join('worlds', 'requests-backend'));
      expect(existsSync(join(runDir, 'worlds', 'requests-backend', 'data'))).toBe(false);
    },
  );
});

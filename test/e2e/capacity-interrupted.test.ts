import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { until } from '../../src/lib/wait.ts';
import { capacitySchema } from '../../src/model/capacity-schema.ts';
import type { StepRecord } from '../../src/model/capacity-step.ts';
import { newRunsDir, onlyRun, startCli } from '../support/cli.ts';

const signal = new AbortController().signal;

const server = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1');
const target = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it(
  'a capacity run that is interrupted leaves what it has and exits 2; `--resume` goes on with it',
  { timeout: 400_000 },
  async () => {
    const runsDir = newRunsDir();
    const args = [
      'capacity',
      '--quiet',
      '--target',
      target(),
      '--repetitions',
      '1',
      '--start',
      '10',
      '--max',
      '20',
      '--warm-up',
      '1s',
      '--measure',
      '1s',
    ];
    const cli = startCli(args, runsDir);
    const lines = (): string[] =>
      readFileSync(join(onlyRun(runsDir), 'steps.jsonl'), 'utf8')
        .trim()
        .split('\n');
    await until(
      () =>
        Promise.resolve(readdirSync(runsDir).length === 1 && lines().length > 0 ? true : undefined),
      { what: 'a step is finished', timeoutMs: 60_000, signal },
    );
    cli.kill('SIGINT');
    const first = await cli;
    expect(first.exitCode).toBe(2);
    expect(first.stdout).toContain('Not finished: interrupted by SIGINT');
    expect(first.stderr).toContain(
      `npm run capacity -- --resume ${onlyRun(runsDir).split('/').at(-1) ?? ''}`,
    );
    const kept = lines();
    const read = (): unknown =>
      JSON.parse(readFileSync(join(onlyRun(runsDir), 'capacity.json'), 'utf8'));
    expect(capacitySchema.parse(read())).toMatchObject({
      exitCode: 2,
      interruption: expect.stringContaining('SIGINT') as string,
    });

    const second = await startCli(['capacity', '--quiet', '--resume'], runsDir);
    expect(lines().slice(0, kept.length)).toEqual(kept);
    const done = capacitySchema.parse(read());
    expect(done.interruption).toBeNull();
    expect(done.dimensions[0]?.steps).toEqual(
      lines().map((line) => JSON.parse(line) as StepRecord),
    );
    // On a machine that others use too the saturation point may be inconclusive; what held is all
    // that was asked for.
    expect(done.dimensions[0]?.saturationPoint.kind).not.toBe('found');
    expect(second.exitCode).toBe(done.dimensions[0]?.saturationPoint.kind === 'at least' ? 0 : 2);
  },
);

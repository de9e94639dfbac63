import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { down } from '../../src/commands/down.ts';
import { markOf } from '../../src/lib/process-mark.ts';
import { judgeAgain } from '../../src/commands/judge.ts';
import { keptIn } from '../../src/commands/kept-in.ts';
import { terminalOutput } from '../../src/commands/output.ts';
import { provoke } from '../../src/commands/provoke.ts';
import { exitCodeOfEnd } from '../../src/commands/up.ts';
import { until } from '../../src/lib/wait.ts';
import { ENDED } from '../../src/model/evidence.ts';
import { REMOTE, socketPath } from '../../src/run/live/sockets.ts';
import { samplePlan } from '../report/samples.ts';
import { PROJECT } from '../support/cases.ts';
import { startCli } from '../support/cli.ts';
import { perfectEvidence } from '../support/perfect.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gtv-interrupted-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

const printed: string[] = [];
const output = {
  ...terminalOutput(true),
  print: (text: string) => void printed.push(text),
};

describe('check, while promtool is slow', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s: it ends with 2 and no verdict',
    async (name) => {
      const begun = join(dir, 'begun');
      writeFileSync(join(dir, 'promtool'), `#!/bin/sh\ntouch ${begun}\nsleep 20\n`, {
        mode: 0o755,
      });
      const cli = startCli(['check', join(PROJECT, 'test/check/base')], dir, {
        PATH: `${dir}:${process.env['PATH'] ?? ''}`,
      });
      await until(() => Promise.resolve(existsSync(begun) || undefined), {
        ...{ what: 'promtool is asked', timeoutMs: 60_000, signal: new AbortController().signal },
      });
      cli.kill(name);
      const { exitCode, stdout, stderr } = await cli;
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`interrupted by ${name}`);
    },
  );
});

it('judge: tells no verdict', async () => {
  const plan = samplePlan();
  writeFileSync(join(dir, 'plan.json'), JSON.stringify(plan));
  writeFileSync(join(dir, 'evidence.json'), JSON.stringify(perfectEvidence(plan)));
  const stop = new AbortController();
  const reason = new Error('interrupted');
  const judging = judgeAgain(dir, output, { annotations: false, summary: [] }, false, stop.signal);
  stop.abort(reason);
  await expect(judging).rejects.toBe(reason);
  expect([printed, existsSync(join(dir, 'report.json'))]).toEqual([[], false]);
});

describe('a stack that is up and doesn’t answer', () => {
  it.each([
    ['down', (signal: AbortSignal) => down(output, signal)],
    ['provoke', (signal: AbortSignal) => provoke([], true, output, signal)],
  ])('%s ends when it is interrupted', async (_, act) => {
    vi.stubEnv('GTV_RUNS', dir);
    const socket = socketPath(join(dir, 'run'), REMOTE);
    mkdirSync(dirname(socket), { recursive: true });
    writeFileSync(
      join(dir, 'run', 'command.json'),
      JSON.stringify({ live: true, process: markOf() }),
    );
    const stop = new AbortController();
    const reason = new Error('interrupted');
    const server = createServer(() => stop.abort(reason)).listen(socket);
    try {
      await expect(act(stop.signal)).rejects.toBe(reason);
      expect(printed).toEqual([]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

it('attach: no run folder is named, for there is none', async () => {
  const server = createServer(() => cli.kill('SIGINT')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cli = startCli(['attach', `http://127.0.0.1:${port}`, '--quiet'], dir);
  try {
    const { exitCode, stderr } = await cli;
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('interrupted by SIGINT')]);
    expect(stderr).not.toMatch(/run folder|recorded/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

describe('what is kept in a run’s folder', () => {
  const fails = (): Promise<never> => Promise.reject(new Error('broken off'));
  it('is named where a run is interrupted', async () => {
    const told = keptIn(join(dir, 'run'), AbortSignal.abort(new Error('interrupted')), fails);
    await expect(told).rejects.toMatchObject({
      message: 'interrupted',
      advice: expect.stringMatching(/^What was recorded until then is in .*run\.$/) as string,
    });
  });

  it('is no word of where it fails of itself', async () =>
    expect(keptIn(dir, new AbortController().signal, fails)).rejects.toThrow('broken off'));
});

it('up: 0 only where it was ended on purpose', () => {
  const ended = (reason: string) => exitCodeOfEnd({ interruption: { at: 0, reason, detail: '' } });
  expect([ended(ENDED), ended('crashed')]).toEqual([0, 2]);
  expect(exitCodeOfEnd({ interruption: null })).toBe(2);
});

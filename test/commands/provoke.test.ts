import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { terminalOutput } from '../../src/commands/output.ts';
import { provoke } from '../../src/commands/provoke.ts';
import { markOf } from '../../src/lib/process-mark.ts';
import { REMOTE, socketPath } from '../../src/run/live/sockets.ts';
import { samplePlan } from '../report/samples.ts';

const NEVER = new AbortController().signal;
const printed: string[] = [];
const output = { ...terminalOutput(true), print: (text: string) => void printed.push(text) };

/** What the stack answers, whatever it is asked. */
let answer: { status: number; body: string };
const server = createServer((_, response) => response.writeHead(answer.status).end(answer.body));

let dir = '';
beforeEach(async () => {
  printed.length = 0;
  dir = mkdtempSync(join(tmpdir(), 'gtv-provoke-'));
  vi.stubEnv('GTV_RUNS', dir);
  const runDir = join(dir, 'run');
  const socket = socketPath(runDir, REMOTE);
  mkdirSync(dirname(socket), { recursive: true });
  writeFileSync(join(runDir, 'command.json'), JSON.stringify({ live: true, process: markOf() }));
  writeFileSync(join(runDir, 'plan.json'), JSON.stringify(samplePlan()));
  await new Promise<void>((resolve) => server.listen(socket, resolve));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(dir, { recursive: true });
});

const provoked = (names: string[], stop = false): Promise<0> => provoke(names, stop, output, NEVER);

const WAYS: [string, () => Promise<0>][] = [
  ['an alert', () => provoked(['HighErrorRate'])],
  ['all that there are', () => provoked([])],
  ['what is taken back', () => provoked([], true)],
];

describe.each(WAYS)('provoke: of %s', (_, act) => {
  it.each([
    [500, '{"error":"it is ending"}', /answered with status 500: \{"error":"it is ending"\}/],
    [404, '{}', /answered with status 404: \{\}/],
    [404, 'null', /answered with status 404: null/],
    [200, '{}', /answered with status 200: \{\}/],
    [502, '<html>', /answered with status 502 and no JSON: <html>/],
    [200, '', /answered with status 200 and no JSON: nothing/],
  ])('another answer is told as it is: %d %s', async (status, body, words) => {
    answer = { status, body };
    await expect(act()).rejects.toMatchObject({
      name: 'HarnessError',
      message: expect.stringMatching(words) as string,
    });
    expect(printed).toEqual([]);
  });
});

it('provoke: an alert that the stack hasn’t is told with the nearest', async () => {
  answer = { status: 404, body: '{"known":["HighErrorRate","ServiceDown/ai"]}' };
  await expect(provoked(['HighErorRate'])).rejects.toMatchObject({
    message: 'the stack has no alert HighErorRate that can be provoked',
    advice: 'Did you mean HighErrorRate? There are: HighErrorRate, ServiceDown/ai.',
  });
});

it('provoke: one that it has is told with its time', async () => {
  answer = { status: 200, body: '{"name":"HighErrorRate","toldWithinMs":4000}' };
  expect(await provoked(['higherrorrate'])).toBe(0);
  expect(printed).toEqual([expect.stringMatching(/^HighErrorRate: provoked\. .* within 4 s/)]);
});

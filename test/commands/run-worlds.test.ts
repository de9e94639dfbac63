import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { PlannedWorld } from '../../src/commands/paced-plans.ts';
import { runWorlds } from '../../src/commands/run-worlds.ts';
import type { RunOfWorlds, WorldRun } from '../../src/commands/run-worlds.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { emptyEvidence } from '../../src/run/inside/empty-evidence.ts';
import { samplePlan } from '../report/samples.ts';

const evidence = emptyEvidence({ runId: 'one', versions: {}, notJudged: [] });
const WORLDS: [PlannedWorld, ...PlannedWorld[]] = [
  { name: null, plan: samplePlan() },
  { name: 'outages', plan: samplePlan() },
];

/** A run of two worlds that go as is said. */
function runOf(
  first: (where: WorldRun) => Promise<Evidence>,
  outages: (where: WorldRun) => Promise<Evidence>,
  signal = new AbortController().signal,
): ReturnType<typeof runWorlds> {
  const runDir = mkdtempSync(join(tmpdir(), 'gtv-worlds-'));
  onTestFinished(() => rmSync(runDir, { recursive: true }));
  const nobody = () => undefined;
  const execute: RunOfWorlds['execute'] = (_, where) =>
    where.runDir === runDir ? first(where) : outages(where);
  const watch = { event: nobody, line: nobody, stop: nobody };
  return runWorlds(WORLDS, { ...{ runId: 'one', runDir, watch, signal, execute } });
}

/** Goes on until it is aborted, and takes a moment to tidy up then. */
function untilAborted(tidied: () => void): (where: WorldRun) => Promise<Evidence> {
  return ({ signal }) =>
    new Promise((resolve) => {
      const end = (): void => {
        setTimeout(() => {
          tidied();
          resolve(evidence);
        }, 20);
      };
      if (signal.aborted) end();
      else signal.addEventListener('abort', end);
    });
}

it('a world that ends without evidence ends the others, and is told when they have ended', async () => {
  const killed = new Error('the run ended without evidence');
  let isTidied = false;
  const running = runOf(
    () => Promise.reject(killed),
    untilAborted(() => (isTidied = true)),
  );
  await expect(running).rejects.toBe(killed);
  expect(isTidied).toBe(true);
});

it('one that is interrupted, and says what it saw, leaves the others alone', async () => {
  let isAborted = false;
  const interruption = { kind: 'component', detail: 'redis ended' } as never;
  const worlds = await runOf(
    () => Promise.resolve({ ...evidence, interruption }),
    async ({ signal }) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      isAborted = signal.aborted;
      return evidence;
    },
  );
  expect(worlds).toHaveLength(2);
  expect(isAborted).toBe(false);
});

it('who interrupts the run interrupts all of its worlds', async () => {
  const stop = new AbortController();
  const ended: string[] = [];
  const running = runOf(
    untilAborted(() => ended.push('first')),
    untilAborted(() => ended.push('outages')),
    stop.signal,
  );
  setTimeout(() => stop.abort(new Error('interrupted')), 20);
  expect(await running).toHaveLength(2);
  expect(ended).toEqual(['first', 'outages']);
});

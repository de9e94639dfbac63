import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { judgeAgain } from '../../src/commands/judge.ts';
import { overRun } from '../../src/commands/mutate/over-run.ts';
import { terminalOutput } from '../../src/commands/output.ts';
import { replayRun } from '../../src/commands/replay.ts';
import { runOwnerOf } from '../../src/commands/run-owner.ts';
import { storedRun } from '../../src/commands/stored-run.ts';
import { noteWorld } from '../../src/commands/world-names.ts';
import { toExactJson } from '../../src/lib/exact-json.ts';
import { makePlan } from '../../src/plan/index.ts';
import { perfectEvidence } from '../support/perfect.ts';
import { smallSpec } from '../support/spec.ts';

const plan = makePlan(smallSpec(), 'small', 60);
const NEVER = new AbortController().signal;
const OUTPUT = { ...terminalOutput(true), print: () => undefined };

/** A run with a world beside its own. */
let dir = '';
const outages = (file = ''): string => join(dir, 'worlds', 'outages', file);
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gtv-worlds-of-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(outages(), { recursive: true });
  for (const [name, value] of [
    ['plan.json', plan],
    ['evidence.json', perfectEvidence(plan)],
  ] as const) {
    writeFileSync(join(dir, name), toExactJson(value));
    cpSync(join(dir, name), outages(name));
  }
  command({ stackDir: '/a/stack', worlds: ['outages'], process: 'a mark' });
});

function command(value: unknown): void {
  writeFileSync(join(dir, 'command.json'), JSON.stringify(value));
}

const worldsOf = async (): Promise<(boolean | undefined)[]> =>
  (await storedRun(dir)).worlds.map(({ isAgain }) => isAgain);

describe('a world of a run', () => {
  it('is judged with it, what was done again last', async () => {
    expect(await worldsOf()).toEqual([undefined, undefined]);
    cpSync(outages(), join(dir, 'worlds', 'again-1'), { recursive: true });
    expect(await worldsOf()).toEqual([undefined, undefined, true]);
  });

  it.each(['plan.json', 'evidence.json'])('is missed where it has no %s', async (file) => {
    rmSync(outages(file));
    await expect(storedRun(dir)).rejects.toThrow(
      `${dir} isn't whole: of its world outages there is no ${outages(file)}`,
    );
    // A run of which no list was kept has its folders.
    command({ stackDir: '/a/stack' });
    await expect(storedRun(dir)).rejects.toThrow('of its world outages');
  });

  it('is missed where its folder is gone, or that of all of them', async () => {
    for (const gone of [outages(), join(dir, 'worlds')]) {
      rmSync(gone, { recursive: true });
      await expect(storedRun(dir)).rejects.toThrow('of its world outages there is no');
    }
    command({ stackDir: '/a/stack' });
    expect(await worldsOf()).toEqual([undefined]);
  });

  it('that was begun later is set down as well', async () => {
    await noteWorld(dir, 'again-1');
    await expect(storedRun(dir)).rejects.toThrow('of its world again-1 there is no');
    expect(await runOwnerOf(dir)).toEqual({ live: false, process: 'a mark' });
  });

  it('lies in the run’s folder', async () => {
    command({ stackDir: '/a/stack', worlds: ['../../other'] });
    await expect(storedRun(dir)).rejects.toThrow(/command\.json is not as a run writes it/);
  });

  it('is no plain file', async () => {
    writeFileSync(join(dir, 'worlds', '.DS_Store'), '');
    expect(await worldsOf()).toEqual([undefined, undefined]);
  });
});

it.each([
  ['judge', () => judgeAgain(dir, OUTPUT, { annotations: false, summary: [] }, false, NEVER)],
  ['replay', () => replayRun(dir, OUTPUT, NEVER)],
  ['mutate --run', () => overRun(dir)],
])('%s doesn’t pass over a world that is missing', async (_, act) => {
  rmSync(outages('evidence.json'));
  await expect(act()).rejects.toThrow("isn't whole");
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { descendantsOf } from '../../scripts/soak/stops.ts';
import { outcomeOf } from '../../scripts/soak/record.ts';
import type { Findings, SoakRun } from '../../scripts/soak/record.ts';
import { STRAINS } from '../../scripts/soak/strains.ts';
import { exitCodeOf, tallyText } from '../../scripts/soak/tally.ts';
import { until } from '../../src/lib/wait.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { makePlan } from '../../src/plan/index.ts';
import { judge } from '../../src/verdict/index.ts';
import { PROJECT } from '../support/cases.ts';
import { perfectEvidence } from '../support/perfect.ts';
import { smallSpec } from '../support/spec.ts';

const plan = makePlan(smallSpec(), 'small', 60);
/** What a run is worth in which the world was changed like this. */
const worth = (change: (evidence: Evidence) => void, expected: Findings = {}): string => {
  const evidence = perfectEvidence(plan);
  change(evidence);
  return outcomeOf(judge(plan, evidence), expected);
};
const silence = (evidence: Evidence): void => {
  evidence.notifications = [];
  evidence.deliveries = [];
};
const interrupt = (evidence: Evidence): void => {
  evidence.interruption = { at: evidence.t0!, reason: 'interrupted', detail: 'x' };
};
const silent = { Watchdog: ['watchdog-silent'] };

describe('what a run under strain is worth', () => {
  it.each<[string, (e: Evidence) => void, Findings, string]>([
    ['whole, and said to be', () => undefined, {}, 'right'],
    ['whole, and blamed', silence, {}, 'wrong-fail'],
    ['broken, and told', silence, silent, 'right'],
    ['broken, and not told', () => undefined, silent, 'wrong-pass'],
    ['broken, and another thing told', silence, { Node: ['never-fired'] }, 'wrong-fail'],
    ['not run to its end', interrupt, {}, 'inconclusive'],
    ['broken, and not run to its end', interrupt, silent, 'inconclusive'],
  ])('%s', (_, change, expected, outcome) => expect(worth(change, expected)).toBe(outcome));

  it('nothing without a judgement', () => expect(outcomeOf(undefined, {})).toBe('no-judgement'));
});

const run = (outcome: SoakRun['outcome'], strain = 'none'): SoakRun => ({
  ...{ at: '2026-01-01T00:00:00Z', strain, planted: null, outcome, exitCode: 0 },
  ...{ seconds: 60, speed: 100, findings: outcome === 'right' ? [] : ['up: metric-missing'] },
});
const runs = (count: number, outcome: SoakRun['outcome']): SoakRun[] =>
  Array.from({ length: count }, () => run(outcome));
const rights = (count: number): SoakRun[] => runs(count, 'right');

describe('what a soak comes to', () => {
  it.each<[string, SoakRun[], number]>([
    ['nothing was run', [], 2],
    ['all right', rights(10), 0],
    ['three of a hundred not judged', [...rights(97), ...runs(3, 'inconclusive')], 0],
    ['four of a hundred not judged', [...rights(96), ...runs(4, 'inconclusive')], 2],
    ['once wrong', [...rights(99), run('wrong-fail')], 1],
    ['a fault missed', [...rights(99), run('wrong-pass')], 1],
    ['no judgement at all', [...rights(99), run('no-judgement')], 1],
  ])('%s', (_, all, code) => expect(exitCodeOf(all)).toBe(code));

  it('is a table by strain, with what was not right', () => {
    const text = tallyText([...rights(2), run('wrong-fail', 'disk')]);
    expect(text).toMatch(/^\| none +\| +2 \| +2 \| /m);
    expect(text).toMatch(/^\| disk +\| +1 \| +0 \| /m);
    expect(text).toContain('disk, the stack as it is: wrong-fail. up: metric-missing');
    expect(text).toContain('WRONG');
  });
});

it.each(Object.keys(STRAINS).filter((name) => name !== 'memory' && name !== 'none'))(
  'a strain leaves nothing behind: %s',
  async (name) => {
    const signal = AbortSignal.timeout(20_000);
    await using sleeper = {
      child: execa('sleep', ['60'], { reject: false }),
      async [Symbol.asyncDispose]() {
        this.child.kill();
        await this.child;
      },
    };
    const before = descendantsOf(process.pid).sort();
    {
      const dir = mkdtempSync(join(tmpdir(), 'gtv-strain-'));
      await using strain = STRAINS[name]!.begin(sleeper.child.pid!, dir);
      void strain;
      if (name !== 'stops')
        await until(
          () => Promise.resolve(descendantsOf(process.pid).length > before.length || undefined),
          { what: 'it has begun', timeoutMs: 60_000, signal },
        );
    }
    expect(descendantsOf(process.pid).sort()).toEqual(before);
  },
);

it('is a command with help, and refuses a strain that there is not', async () => {
  const soak = (...args: string[]) =>
    execa(process.execPath, ['--import', 'tsx', join(PROJECT, 'scripts', 'soak.ts'), ...args], {
      reject: false,
    });
  const help = await soak('--help');
  expect([help.exitCode, help.stdout]).toEqual([0, expect.stringContaining('all-cores')]);
  const wrong = await soak('--strain', 'flood');
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('Expected one of')]);
});

import { describe, expect, it } from 'vitest';
import { killOf } from '../../scripts/soak/kills/kill.ts';
import { worthOf } from '../../scripts/soak/kills/record.ts';
import type { KillOutcome, KillRun, SeenOfKill } from '../../scripts/soak/kills/record.ts';
import { killsExitCode, killsText } from '../../scripts/soak/kills/tally.ts';

const crashed: SeenOfKill = {
  ...{ victim: 'component', signal: 'SIGKILL', hit: 'redis-server', exitCode: 2 },
  ...{
    output: 'redis-server ended by itself (SIGKILL)',
    left: [],
    failed: 0,
    began: true,
    judged: 2,
  },
};
const interrupted: SeenOfKill = {
  ...crashed,
  ...{ victim: 'harness', signal: 'SIGTERM', output: 'INTERRUPTED' },
};
const killed: SeenOfKill = {
  ...crashed,
  ...{ victim: 'harness', signal: 'SIGKILL', exitCode: null, output: '', judged: null },
};
const stopped: SeenOfKill = { ...crashed, signal: 'SIGSTOP', exitCode: 0, judged: 0, output: '' };

describe('what a run that was disturbed is worth', () => {
  it.each<[string, SeenOfKill, KillOutcome]>([
    ['a crash that is named', crashed, 'right'],
    ['a crash that nobody names', { ...crashed, output: 'PASSED' }, 'untold'],
    ['a crash that is a pass', { ...crashed, exitCode: 0 }, 'untold'],
    ['a crash that is blamed on the stack', { ...crashed, exitCode: 1, failed: 3 }, 'wrong-fail'],
    ['a crash that leaves a process', { ...crashed, left: ['17 redis-server'] }, 'left-behind'],
    ['evidence that is judged otherwise', { ...crashed, judged: 0 }, 'not-judged-again'],
    ['no evidence', { ...crashed, judged: null }, 'not-judged-again'],
    [
      'an interruption before anything ran',
      { ...interrupted, began: false, judged: null },
      'right',
    ],
    ['an interruption that is named', interrupted, 'right'],
    ['an interruption that is a pass', { ...interrupted, exitCode: 0 }, 'untold'],
    ['a harness that is gone', killed, 'right'],
    ['a harness that went on', { ...killed, exitCode: 0 }, 'untold'],
    ['a process that stood still and was proved again', stopped, 'right'],
    ['one that could not be', { ...stopped, exitCode: 2, judged: 2 }, 'right'],
    ['one for which the stack is blamed', { ...stopped, exitCode: 1, failed: 1 }, 'wrong-fail'],
    ['a run that was over before', { ...stopped, hit: null }, 'right'],
  ])('%s', (_, seen, outcome) => expect(worthOf(seen)).toBe(outcome));
});

it('kills differ in victim, signal and moment, and are the same each time', () => {
  const kills = Array.from({ length: 12 }, (_, n) => killOf(n));
  expect(new Set(kills.map(({ victim, signal }) => `${victim} ${signal}`)).size).toBe(6);
  expect(new Set(kills.map(({ afterMs }) => afterMs)).size).toBe(12);
  expect(killOf(7)).toEqual(kills[7]);
});

describe('what kills come to', () => {
  const run = (outcome: KillOutcome): KillRun => ({
    ...{ at: '2026-01-01T00:00:00Z', victim: 'harness', signal: 'SIGKILL', afterMs: 1_500 },
    ...{ hit: 'gtv verify', outcome, exitCode: null, seconds: 9, detail: ['17 prometheus'] },
  });
  it.each<[KillRun[], number, string]>([
    [[], 2, 'Nothing was run yet.'],
    [[run('right')], 0, 'Always right.'],
    [[run('right'), run('left-behind')], 1, 'WRONG.'],
  ])('%#', (runs, exitCode, words) => {
    expect(killsExitCode(runs)).toBe(exitCode);
    expect(killsText(runs)).toContain(words);
  });
  it('names what was left', () =>
    expect(killsText([run('left-behind')])).toContain('1.5 s after the start: left-behind\n17'));
});

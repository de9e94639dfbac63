import { describe, expect, it } from 'vitest';
import { DISTURBANCES, USUAL } from '../../scripts/soak/kills/disturbances.ts';
import { drawOf } from '../../scripts/soak/kills/draw.ts';
import { killRunSchema, worthOf } from '../../scripts/soak/kills/record.ts';
import type { KillOutcome, KillRun, SeenOfKill } from '../../scripts/soak/kills/record.ts';
import { killsExitCode, killsText } from '../../scripts/soak/kills/tally.ts';

const crashed: SeenOfKill = {
  ...{ hit: 'redis-server', exitCode: 2, output: 'redis-server ended by itself (SIGKILL)' },
  ...{ left: [], failed: 0, began: true, judged: 2 },
};
const interrupted: SeenOfKill = { ...crashed, output: 'INTERRUPTED' };
const killed: SeenOfKill = { ...crashed, exitCode: null, output: '', judged: null };
const proved: SeenOfKill = { ...crashed, exitCode: 0, judged: 0, output: '' };
const full = { ...crashed, output: 'no space is left on the disk of /runs' };
const rebuilt = {
  ...proved,
  output: 'the cache is not usable (libpq is missing): building it anew',
};
const stepped = (seconds: string): SeenOfKill => ({
  ...crashed,
  output: `the machine's clock was stepped by ${seconds} s\nat 2026-01-02 03:04:05 UTC`,
});

describe('what a run that was disturbed is worth', () => {
  it.each<[string, string, SeenOfKill, KillOutcome]>([
    ['component SIGKILL', 'a crash that is named', crashed, 'right'],
    ['component SIGKILL', 'that nobody names', { ...crashed, output: 'PASSED' }, 'untold'],
    ['component SIGKILL', 'that is a pass', { ...crashed, exitCode: 0 }, 'untold'],
    ['component SIGTERM', 'blamed on the stack', { ...crashed, failed: 3 }, 'wrong-fail'],
    ['component SIGTERM', 'with exit code 1', { ...crashed, exitCode: 1 }, 'wrong-fail'],
    ['component SIGKILL', 'leaving a process', { ...crashed, left: ['17 x'] }, 'left-behind'],
    ['component SIGKILL', 'judged otherwise', { ...crashed, judged: 0 }, 'not-judged-again'],
    ['component SIGKILL', 'no evidence', { ...crashed, judged: null }, 'not-judged-again'],
    ['harness SIGTERM', 'at once', { ...interrupted, began: false, judged: null }, 'right'],
    ['harness SIGTERM', 'before anything ran', { ...interrupted, began: false }, 'right'],
    ['harness SIGTERM', 'an interruption', interrupted, 'right'],
    ['harness SIGTERM', 'that is a pass', { ...interrupted, exitCode: 0 }, 'untold'],
    ['harness SIGKILL', 'it is gone', killed, 'right'],
    ['harness SIGKILL', 'it went on', { ...killed, exitCode: 0 }, 'untold'],
    ['component SIGSTOP', 'proved again', proved, 'right'],
    ['component SIGSTOP', 'that could not be', { ...proved, exitCode: 2, judged: 2 }, 'right'],
    ['component SIGSTOP', 'that hit nobody', { ...proved, hit: null }, 'missed'],
    ['component SIGSTOP', 'hit nobody, no pass', { ...crashed, hit: null }, 'untold'],
    ['disk fills', 'that is named', full, 'right'],
    ['disk fills', 'that is not named', crashed, 'untold'],
    ['disk fills', 'when all was kept', proved, 'right'],
    ['disk fills', 'with nothing kept', { ...full, judged: null }, 'not-judged-again'],
    ['cache cut', 'built anew', rebuilt, 'right'],
    ['cache cut', 'that nobody noticed', proved, 'untold'],
    ['cache flipped', 'called a crash', { ...rebuilt, output: crashed.output }, 'untold'],
    [
      'cache file gone',
      'no network',
      { ...rebuilt, exitCode: 2, judged: null, began: false },
      'right',
    ],
    ['ports taken', 'that disturb nobody', proved, 'right'],
    ['ports taken', 'that are named', { ...crashed, output: 'port 9090 is taken' }, 'right'],
    ['ports taken', 'that are not named', crashed, 'untold'],
    ['clock forward', 'that is named', stepped('+3600.0'), 'right'],
    ['clock forward', 'by another figure', stepped('-3600.0'), 'untold'],
    ['clock back', 'that is named', stepped('-3600.0'), 'right'],
    ['clock back', 'that is a pass', { ...stepped('-3600.0'), exitCode: 0 }, 'untold'],
  ])('%s, %s', (name, _, seen, outcome) => {
    const disturbance = DISTURBANCES[name];
    if (!disturbance) throw new Error(`no kill ${name}`);
    expect(worthOf(disturbance, seen)).toBe(outcome);
  });
});

it('every kill has a meaning, and the clock of the machine is left alone unless it is named', () => {
  expect(Object.values(DISTURBANCES).every(({ meaning }) => meaning !== '')).toBe(true);
  const named = Object.keys(DISTURBANCES).filter((name) => !USUAL.includes(name));
  expect(named).toEqual(['clock forward', 'clock back']);
});

it('moments differ, are the same each time, and lie within a run', () => {
  const draws = Array.from({ length: 200 }, (_, n) => drawOf(n).afterMs);
  expect(new Set(draws).size).toBe(200);
  expect(drawOf(7).afterMs).toBe(draws[7]);
  expect(Math.min(...draws)).toBeGreaterThan(500);
  expect(Math.max(...draws)).toBeLessThan(34_000);
});

describe('a line of the log', () => {
  const line = {
    ...{ at: '2026-01-01T00:00:00Z', afterMs: 1_500, hit: 'gtv verify', outcome: 'right' },
    ...{ exitCode: 0, seconds: 40, detail: [] },
  };
  it('may be from when there were only signals', () =>
    expect(killRunSchema.parse({ ...line, victim: 'harness', signal: 'SIGTERM' })).toMatchObject({
      kill: 'harness SIGTERM',
      outcome: 'right',
    }));
  it('that hit nobody counts as missed then', () =>
    expect(
      killRunSchema.parse({ ...line, victim: 'component', signal: 'SIGKILL', hit: null }),
    ).toMatchObject({ kill: 'component SIGKILL', outcome: 'missed' }));
  it('without a name of what was done is none', () =>
    expect(killRunSchema.safeParse(line).success).toBe(false));
});

describe('what kills come to', () => {
  const run = (outcome: KillOutcome): KillRun => ({
    ...{ at: '2026-01-01T00:00:00Z', kill: 'harness SIGKILL', afterMs: 1_500 },
    ...{ hit: 'gtv verify', outcome, exitCode: null, seconds: 9, detail: ['17 prometheus'] },
  });
  it.each<[KillRun[], number, string]>([
    [[], 2, 'Nobody was hit yet.'],
    [[run('missed')], 2, 'Nobody was hit yet.'],
    [[run('right'), run('missed'), run('right')], 0, 'Always right, 2 times.'],
    [[run('right'), run('left-behind')], 1, 'WRONG.'],
  ])('%#', (runs, exitCode, words) => {
    expect(killsExitCode(runs)).toBe(exitCode);
    expect(killsText(runs)).toContain(words);
  });
  it('names what was left', () =>
    expect(killsText([run('left-behind')])).toContain('1.5 s after the start: left-behind\n17'));
  it('tells nothing of who hit nobody', () =>
    expect(killsText([run('right'), run('missed')])).not.toContain('17 prometheus'));
});

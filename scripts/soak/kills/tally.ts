import { markdownTable } from '../../markdown-table.ts';
import { SIGNALS, VICTIMS } from './kill.ts';
import { KILL_OUTCOMES } from './record.ts';
import type { KillRun } from './record.ts';

/** All kills of a log by victim and signal, what was not right of them, and what it comes to. */
export function killsText(runs: KillRun[]): string {
  const row = (name: string, of: KillRun[]): string[] => [
    name,
    String(of.length),
    ...KILL_OUTCOMES.map((outcome) => String(of.filter((run) => run.outcome === outcome).length)),
  ];
  const pairs = VICTIMS.flatMap((victim) => SIGNALS.map((signal) => ({ victim, signal })));
  const rows = pairs.map(({ victim, signal }) =>
    row(
      `${victim} ${signal}`,
      runs.filter((run) => run.victim === victim && run.signal === signal),
    ),
  );
  return [
    markdownTable([['kill', 'runs', ...KILL_OUTCOMES], ...rows, row('all', runs)]),
    ...runs.filter(({ outcome }) => outcome !== 'right').map(lineOf),
    ['Always right.', 'WRONG.', 'Nothing was run yet.'][killsExitCode(runs)] ?? '',
  ].join('\n\n');
}

/** 0 always right, 1 wrong at least once, 2 nothing was run. */
export function killsExitCode(runs: KillRun[]): 0 | 1 | 2 {
  if (runs.length === 0) return 2;
  return runs.every(({ outcome }) => outcome === 'right') ? 0 : 1;
}

function lineOf({ at, victim, signal, afterMs, hit, outcome, detail }: KillRun): string {
  const when = `${(afterMs / 1_000).toFixed(1)} s after the start`;
  return `${at}, ${signal} to the ${victim} (${hit ?? 'nobody'}) ${when}: ${outcome}\n${detail.join('\n')}`;
}

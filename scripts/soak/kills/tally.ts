import { markdownTable } from '../../markdown-table.ts';
import { KILL_OUTCOMES } from './record.ts';
import type { KillOutcome, KillRun } from './record.ts';

/** What says nothing against the harness: who hit nobody has shown nothing for it either. */
const HARMLESS: KillOutcome[] = ['right', 'missed'];

/** All kills of a log by what was done, what was not right of them, and what it comes to. */
export function killsText(runs: KillRun[]): string {
  const row = (name: string, of: KillRun[]): string[] => [
    name,
    String(of.length),
    ...KILL_OUTCOMES.map((outcome) => String(of.filter((run) => run.outcome === outcome).length)),
  ];
  const names = [...new Set(runs.map(({ kill }) => kill))].sort();
  const rows = names.map((name) =>
    row(
      name,
      runs.filter(({ kill }) => kill === name),
    ),
  );
  const shown = runs.filter(({ outcome }) => outcome !== 'missed').length;
  return [
    markdownTable([['kill', 'runs', ...KILL_OUTCOMES], ...rows, row('all', runs)]),
    ...runs.filter(({ outcome }) => !HARMLESS.includes(outcome)).map(lineOf),
    [`Always right, ${shown} times.`, 'WRONG.', 'Nobody was hit yet.'][killsExitCode(runs)] ?? '',
  ].join('\n\n');
}

/** 0 always right, 1 wrong at least once, 2 nobody was hit. */
export function killsExitCode(runs: KillRun[]): 0 | 1 | 2 {
  if (!runs.every(({ outcome }) => HARMLESS.includes(outcome))) return 1;
  return runs.some(({ outcome }) => outcome === 'right') ? 0 : 2;
}

function lineOf({ at, kill, afterMs, hit, outcome, detail }: KillRun): string {
  const when = `${(afterMs / 1_000).toFixed(1)} s after the start`;
  return `${at}, ${kill} (${hit ?? 'nobody'}) ${when}: ${outcome}\n${detail.join('\n')}`;
}

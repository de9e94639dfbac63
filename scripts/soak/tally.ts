import { median } from '../../src/lib/statistics.ts';
import { markdownTable } from '../markdown-table.ts';
import { OUTCOMES } from './record.ts';
import type { SoakRun } from './record.ts';

/** Of a hundred runs this many may end without everything judged. */
const MOST_INCONCLUSIVE_SHARE = 0.03;

/** All runs of a log by strain, what was not right of them, and what it comes to. */
export function tallyText(runs: SoakRun[]): string {
  const strains = [...new Set(runs.map(({ strain }) => strain))];
  const row = (name: string, of: SoakRun[]): string[] => [
    name,
    String(of.length),
    ...OUTCOMES.map((outcome) => String(of.filter((run) => run.outcome === outcome).length)),
    median(of.map(({ seconds }) => seconds)).toFixed(1),
  ];
  const rows = strains.map((strain) =>
    row(
      strain,
      runs.filter((run) => run.strain === strain),
    ),
  );
  return [
    markdownTable([
      ['strain', 'runs', ...OUTCOMES, 'median s'],
      ...rows,
      ...(rows.length > 1 ? [row('all', runs)] : []),
    ]),
    ...runs.filter(({ outcome }) => outcome !== 'right').map(lineOf),
    verdictOf(runs),
  ].join('\n\n');
}

/** 0 never wrong, 1 wrong at least once, 2 too often not judged, or nothing was run. */
export function exitCodeOf(runs: SoakRun[]): 0 | 1 | 2 {
  const of = (...outcomes: SoakRun['outcome'][]): number =>
    runs.filter(({ outcome }) => outcomes.includes(outcome)).length;
  if (of('wrong-fail', 'wrong-pass', 'no-judgement') > 0) return 1;
  const isMuch = of('inconclusive') > Math.ceil(runs.length * MOST_INCONCLUSIVE_SHARE);
  return runs.length === 0 || isMuch ? 2 : 0;
}

function verdictOf(runs: SoakRun[]): string {
  if (runs.length === 0) return 'Nothing was run yet.';
  return ['Never wrong.', 'WRONG.', 'Too often not judged.'][exitCodeOf(runs)] ?? '';
}

function lineOf({ at, strain, planted, outcome, findings }: SoakRun): string {
  const what = planted === null ? 'the stack as it is' : `with ${planted}`;
  return `${at}, ${strain}, ${what}: ${outcome}. ${findings.slice(0, 8).join('; ')}`;
}

import type { Evidence } from '../../../src/model/evidence.ts';
import type { FindingId } from '../../../src/model/finding.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import { aboutOf } from '../../support/expectations.ts';

/** A made-up world that breaks a promise, and its twin in which that is mended. */
export interface BrokenWorld {
  name: string;
  /**
   * Everything that is found, in order: the finding, behind what it is of where the table says
   * that.
   */
  findings: string[];
  broken: () => Verdict[];
  repaired: () => Verdict[];
}

type Change = (evidence: Evidence, plan: Plan) => void;

/** Worlds from changes to one in which all is well, which is the twin of each. */
export function brokenWorlds(
  table: [name: string, findings: string[], change: Change][],
  judged: (change: Change) => Verdict[],
): BrokenWorld[] {
  return table.map(([name, findings, change]) => ({
    name,
    findings,
    broken: () => judged(change),
    repaired: () => judged(() => undefined),
  }));
}

/** The kinds of what was found. */
export function idsOf(verdicts: Verdict[]): FindingId[] {
  return verdicts.flatMap(({ finding }) => (finding ? [finding.id] : []));
}

/** The same, each behind what it is of. */
export function foundIn(verdicts: Verdict[]): string[] {
  return verdicts.flatMap((v) => (v.finding ? [`${aboutOf(v)} ${v.finding.id}`] : []));
}

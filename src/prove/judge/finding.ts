import type { AlertRef } from '../../model/recipe.ts';
import type { ProofFinding, ProofFindingId } from '../../model/proof-verdict.ts';

/** Makes a failure of one alert. */
export type MakeFinding = (
  id: ProofFindingId,
  expected: string,
  seen: string,
  likelyCause: string,
) => ProofFinding;

/** Failures that point at the alert's own place. */
export function findingsAt(alert: AlertRef): MakeFinding {
  return (id, expected, seen, likelyCause) => ({
    ...{ id, level: 'failure', source: placeOf(alert), expected, seen, likelyCause },
  });
}

/** Where an alert is written. */
export function placeOf({ file, line }: AlertRef): ProofFinding['source'] {
  return { file, line, column: 1 };
}

/** Seconds of the run, for people. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

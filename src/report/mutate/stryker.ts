import { groupBy } from '../../lib/group-by.ts';
import type { Fate, MutantResult, MutationResult } from '../../model/mutation.ts';

/** The words of the mutation-testing report schema, version 2. `Pending` counts neither way. */
const STATUS: Record<Fate, string> = {
  killed: 'Killed',
  survived: 'Survived',
  equivalent: 'Ignored',
  undecided: 'Pending',
  invalid: 'CompileError',
};
/** Per cent from which the viewer shows green, and below which red. */
const THRESHOLDS = { high: 95, low: 80 };

/**
 * A mutation run in the form that Stryker's viewer shows (mutation-testing-report-schema, version
 * 2).
 * @param sources the files' texts by their paths
 */
export function strykerJson(
  { results }: MutationResult,
  sources: ReadonlyMap<string, string>,
): string {
  const files = groupBy(results, ({ mutant }) => mutant.at.file);
  return `${JSON.stringify(
    {
      schemaVersion: '2',
      thresholds: THRESHOLDS,
      files: Object.fromEntries(
        [...files].map(([file, own]) => [
          file,
          { language: 'yaml', source: sources.get(file) ?? '', mutants: own.map(mutantOf) },
        ]),
      ),
    },
    null,
    2,
  )}\n`;
}

function mutantOf({ mutant, fate, because }: MutantResult): unknown {
  const { line, column, endLine, endColumn } = mutant.at;
  return {
    id: mutant.id,
    mutatorName: mutant.operator,
    description: `${mutant.subject}: ${mutant.was} → ${mutant.becomes}`,
    replacement: mutant.becomes,
    location: {
      start: { line, column },
      end: { line: endLine, column: endColumn },
    },
    status: STATUS[fate],
    statusReason: because,
  };
}

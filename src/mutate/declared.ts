import type { Mutant, MutantResult } from '../model/mutation.ts';
import type { DeclaredEquivalent } from '../stack/contract.ts';

/** A survivor that somebody declared to mean the same, with the reason; anything else as it is. */
export function withDeclared(
  result: MutantResult,
  declared: readonly DeclaredEquivalent[],
): MutantResult {
  const reason = result.fate === 'survived' ? declarationOf(result.mutant, declared) : undefined;
  return reason ? { ...result, fate: 'equivalent', because: reason.because } : result;
}

/** Declared to mean the same, and noticed after all: the declaration is wrong. */
export function wronglyDeclared(
  results: readonly MutantResult[],
  declared: readonly DeclaredEquivalent[],
): MutantResult[] {
  return results.filter(
    ({ mutant, fate }) => fate === 'killed' && declarationOf(mutant, declared) !== undefined,
  );
}

function declarationOf(
  mutant: Mutant,
  declared: readonly DeclaredEquivalent[],
): DeclaredEquivalent | undefined {
  const { subject, operator, becomes, expr } = mutant;
  return declared.find(
    (d) =>
      d.of === subject &&
      d.mistake === operator &&
      d.becomes.includes(becomes) &&
      (d.within === undefined || expr?.includes(d.within)),
  );
}

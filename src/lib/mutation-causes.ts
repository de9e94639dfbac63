import type { MutantResult } from '../model/mutation.ts';

/** Of those that were noticed, how many by what names what was got wrong. */
export interface Causes {
  named: number;
  of: number;
}

/** Undefined where it wasn't asked for. */
export function causesIn(results: MutantResult[]): Causes | undefined {
  const asked = results.filter(({ namesCause }) => namesCause !== undefined);
  if (asked.length === 0) return undefined;
  return { named: asked.filter(({ namesCause }) => namesCause).length, of: asked.length };
}

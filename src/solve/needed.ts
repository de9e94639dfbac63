import { selectors } from '../promql/ast.ts';
import type { Recorded } from './leaves.ts';
import type { SolveRule } from './rules.ts';

/**
 * The recording rules that a rule reads, through others too, in an order in which each stands
 * behind those that it reads.
 */
export function neededRules(rule: SolveRule, recorded: Recorded): SolveRule[] {
  const found = new Set<SolveRule>();
  const active = new Set<SolveRule>();
  const go = (at: SolveRule): void => {
    active.add(at);
    for (const { name } of at.expr ? selectors(at.expr) : [])
      for (const read of (name !== undefined && recorded.get(name)) || [])
        if (!found.has(read) && !active.has(read)) {
          go(read);
          found.add(read);
        }
    active.delete(at);
  };
  go(rule);
  return [...found];
}

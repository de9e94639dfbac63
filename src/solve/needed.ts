import { groupBy } from '../lib/group-by.ts';
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

/**
 * The names of rule groups, each behind those that record what it reads, as far as they don't read
 * each other.
 */
export function groupOrder(rules: readonly SolveRule[]): string[] {
  const groups = groupBy(rules, (rule) => rule.ref.group);
  const recorders = groupBy(
    rules.filter((rule) => rule.kind === 'record'),
    (rule) => rule.ref.name,
  );
  const order = new Set<string>();
  const active = new Set<string>();
  const enter = (group: string): void => {
    if (order.has(group) || active.has(group)) return;
    active.add(group);
    for (const rule of groups.get(group) ?? [])
      for (const { name } of rule.expr ? selectors(rule.expr) : [])
        for (const read of (name !== undefined && recorders.get(name)) || []) enter(read.ref.group);
    active.delete(group);
    order.add(group);
  };
  for (const group of groups.keys()) enter(group);
  return [...order];
}

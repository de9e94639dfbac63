import { isSameExpression } from '../promql/same.ts';
import type { Contract } from './contract.ts';
import type { Rule } from './rules.ts';
import type { Value } from './source/value.ts';

/** An alert that the contract speaks of; of several rules of a name each has an entry. */
export interface PromisedEntry {
  name: string;
  /** What it says. */
  value: Value;
  /** The rule that is meant; undefined when there is none. */
  rule: Rule | undefined;
}

/** What tells rules of one name apart. */
export interface Distinction {
  expr?: string | undefined;
  severity?: string | undefined;
}

/** Each alert of a contract with the rule that is meant. */
export function promisedEntries(
  contract: Contract | undefined,
  rules: readonly Rule[],
): PromisedEntry[] {
  return (contract?.root.get('alerts').entries() ?? []).flatMap(({ key: name, value }) => {
    const entries = value.isList ? value.items() : [value];
    const meant = meantRules(
      entries.map((one) => ({
        expr: one.get('expr').text(),
        severity: one.get('severity').text(),
      })),
      rules.filter((rule) => rule.kind === 'alert' && rule.name === name),
    );
    return entries.map((one, i) => ({ name, value: one, rule: meant[i] }));
  });
}

/**
 * For each entry the rule of its name that it speaks of: the most alike first, each rule once; in
 * their order where they are equally alike.
 */
export function meantRules(
  entries: readonly Distinction[],
  rules: readonly Rule[],
): (Rule | undefined)[] {
  const meant: (Rule | undefined)[] = entries.map(() => undefined);
  const pairs = entries.flatMap((entry, i) =>
    rules.map((rule, j) => ({ i, j, rule, score: likeness(entry, rule) })),
  );
  const taken = new Set<number>();
  for (const { i, j, rule } of pairs.toSorted((a, b) => b.score - a.score)) {
    if (meant[i] !== undefined || taken.has(j)) continue;
    meant[i] = rule;
    taken.add(j);
  }
  return meant;
}

function likeness({ expr, severity }: Distinction, rule: Rule): number {
  const sameText = expr !== undefined && isSameExpression(expr, rule.expression.text);
  return (sameText ? 2 : 0) + (severity === rule.labels.get('severity')?.text ? 1 : 0);
}

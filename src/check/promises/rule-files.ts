import { groupBy } from '../../lib/group-by.ts';
import { selectors } from '../../promql/ast.ts';
import type { Rule } from '../../stack/rules.ts';

/**
 * Paths of the rule files that a rule needs, in the order of the stack: its own, and those that
 * record what it reads, through others too. A selector without a name may read anything recorded.
 */
export function ruleFilesOf(rule: Rule, rules: readonly Rule[]): string[] {
  const recorders = rules.filter(({ kind }) => kind === 'record');
  const recorded = groupBy(recorders, ({ name }) => name);
  const needed = new Set<Rule>();
  const need = (at: Rule): void => {
    if (needed.has(at)) return;
    needed.add(at);
    for (const { name } of at.expression.expr ? selectors(at.expression.expr) : [])
      (name === undefined ? recorders : (recorded.get(name) ?? [])).forEach(need);
  };
  need(rule);
  const paths = new Set([...needed].map(({ group }) => group.file.path));
  return [...new Set(rules.map(({ group }) => group.file.path))].filter((path) => paths.has(path));
}

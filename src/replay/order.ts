import { eachExpr } from '../promql/ast.ts';
import { parseExpr } from '../promql/parse.ts';
import type { AlertingRule, RecordingRule, ReplayGroup } from './rules.ts';

/**
 * A rule's expression as its place in the group has it: what a later recording rule of the group
 * writes for the same time isn't there yet, and its value of the evaluation before is seen.
 * @param expr the rule's expression, or what it has become
 */
export function beforeLaterRules(
  rule: AlertingRule | RecordingRule,
  group: ReplayGroup,
  expr = rule.expr,
): string {
  const later = new Set(
    group.rules
      .slice(group.rules.indexOf(rule) + 1)
      .flatMap((other) => (other.kind === 'record' ? [other.name] : [])),
  );
  const parsed = parseExpr(expr);
  if (later.size === 0 || !('expr' in parsed)) return expr;
  const ends: number[] = [];
  eachExpr(parsed.expr, (part, within) => {
    const isModified = within.some((e) => e.type === 'modified' || e.type === 'range');
    if (part.type === 'selector' && later.has(part.name ?? '') && !isModified) ends.push(part.to);
  });
  return ends
    .sort((a, b) => b - a)
    .reduce((out, at) => `${out.slice(0, at)} offset 1ms${out.slice(at)}`, expr);
}

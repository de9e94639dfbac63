import { children } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import type { Recorded } from './leaves.ts';

/** Labels that an expression, or a recording rule that it reads, groups, matches or copies by. */
export function mentionedLabels(expr: Expr, recorded: Recorded): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const go = (e: Expr): void => {
    if (e.type === 'aggregate')
      for (const { name } of e.grouping?.kind === 'by' ? e.grouping.labels : []) found.add(name);
    if (e.type === 'binary') {
      for (const { name } of e.matching?.kind === 'on' ? e.matching.labels : []) found.add(name);
      for (const name of e.group?.include ?? []) found.add(name);
    }
    if (e.type === 'call' && (e.name === 'label_replace' || e.name === 'label_join')) {
      // (v, dst, replacement, src, regex) and (v, dst, separator, src…)
      const sources = e.name === 'label_replace' ? e.args.slice(3, 4) : e.args.slice(3);
      for (const source of sources) if (source.type === 'string') found.add(source.value);
    }
    if (e.type === 'selector' && e.name !== undefined && !seen.has(e.name)) {
      seen.add(e.name);
      for (const rule of recorded.get(e.name) ?? []) if (rule.expr) go(rule.expr);
    }
    children(e).forEach(go);
  };
  go(expr);
  found.delete('le');
  found.delete('');
  return found;
}

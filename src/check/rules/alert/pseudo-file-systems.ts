import { eachExpr, selectors } from '../../../promql/ast.ts';
import type { Expr, Selector } from '../../../promql/ast.ts';
import { passes } from '../../../promql/matchers.ts';
import type { Rule } from '../../rule.ts';

const FILE_SYSTEM = /^node_filesystem_(avail|free|size|files|files_free)(_bytes)?$/;

/**
 * What memory holds and node_exporter still shows: small, full by nature, gone at the next start.
 */
const PSEUDO: Record<string, string> = { fstype: 'tmpfs', mountpoint: '/run', device: 'tmpfs' };

export const pseudoFileSystems: Rule = {
  id: 'alert/pseudo-file-systems',
  level: 'warning',
  title: 'An alert that fires on pseudo file systems',
  why:
    'A tmpfs is small and full by nature, and nobody can free space on it: people learn to ' +
    'look away from this alert.',
  mend: 'Leave them out: `{fstype!~"tmpfs|ramfs|overlay|squashfs"}`, on each side of a division.',
  check: ({ rules }, say) => {
    for (const { kind, expression, name } of rules) {
      if (kind !== 'alert' || !expression.expr) continue;
      const first = selectors(expression.expr).find((s) => FILE_SYSTEM.test(s.name ?? ''));
      if (first && seesPseudo(expression.expr))
        say(expression.at(first), `${name} sees pseudo file systems such as tmpfs`, {
          subject: expression.subject,
        });
    }
  },
};

/** Whether a series of a tmpfs passes; in a join both sides must let it pass. */
function seesPseudo(expr: Expr): boolean {
  if (expr.type === 'selector') return FILE_SYSTEM.test(expr.name ?? '') && lets(expr);
  if (
    expr.type === 'aggregate' &&
    expr.grouping?.labels.every((l) => !(l.name in PSEUDO)) &&
    expr.grouping.kind === 'by' &&
    ['sum', 'avg', 'count'].includes(expr.op)
  )
    return false;
  if (expr.type === 'binary' && expr.op !== 'or') {
    const sides = [expr.left, expr.right].filter((side) => {
      let found = false;
      eachExpr(side, (part) => {
        if (part.type === 'selector' && FILE_SYSTEM.test(part.name ?? '')) found = true;
      });
      return found;
    });
    if (expr.op === 'unless') return seesPseudo(expr.left) && !sides.includes(expr.right);
    // A side of something else may leave them out by its own labels (a read-only flag, say): that
    // isn't judged.
    return (
      sides.length > 0 &&
      sides.every(seesPseudo) &&
      !narrows(expr.op === 'and' ? expr.right : undefined)
    );
  }
  if (
    expr.type === 'range' ||
    expr.type === 'modified' ||
    expr.type === 'unary' ||
    expr.type === 'aggregate'
  )
    return seesPseudo(expr.expr);
  if (expr.type === 'call') return expr.args.some(seesPseudo);
  return expr.type === 'binary' && (seesPseudo(expr.left) || seesPseudo(expr.right));
}

function narrows(side: Expr | undefined): boolean {
  return side !== undefined && selectors(side).some((s) => !FILE_SYSTEM.test(s.name ?? ''));
}

function lets(selector: Selector): boolean {
  return selector.matchers
    .filter((m) => m.label in PSEUDO)
    .every((m) => passes(m, PSEUDO[m.label] ?? '') ?? false);
}

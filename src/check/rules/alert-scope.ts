import { eachExpr, selectors } from '../../promql/ast.ts';
import type { Expr, Selector } from '../../promql/ast.ts';
import { labelsOf } from '../../promql/labels.ts';
import { passes } from '../../promql/matchers.ts';
import type { Rule } from '../rule.ts';
import { PROMETHEUS } from '../../go-template/languages.ts';
import { parseTemplate } from '../../go-template/parse.ts';
import { usesOf } from '../../go-template/uses.ts';

const FILE_SYSTEM = /^node_filesystem_(avail|free|size|files|files_free)(_bytes)?$/;
/**
 * What memory holds and node_exporter still shows: small, full by nature, gone at the next start.
 */
const PSEUDO: Record<string, string> = { fstype: 'tmpfs', mountpoint: '/run', device: 'tmpfs' };
const ROUTES = ['endpoint', 'route', 'path', 'handler', 'url', 'uri', 'http_route'];

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

export const onePerRoute: Rule = {
  id: 'alert/one-per-route',
  level: 'warning',
  title: 'One alert for each route where one for the service is meant',
  why: 'One fault of the service fires dozens of alerts at once, and a route with three requests a day fires at night.',
  mend: 'Aggregate: `sum by (job) (…)`; or name the route in the summary if each is meant.',
  check: ({ rules, metrics }, say) => {
    for (const { kind, name, expression, annotations } of rules) {
      if (kind !== 'alert' || !expression.expr) continue;
      const labels = labelsOf(expression.expr, metrics.labels);
      const route = ROUTES.find((label) => labels.has.has(label));
      // A fixed route is one route.
      if (
        route === undefined ||
        selectors(expression.expr).some((s) =>
          s.matchers.some((m) => m.label === route && m.op === '='),
        )
      )
        continue;
      const texts = [...annotations.values()].map(({ text }) =>
        usesOf(parseTemplate(text, PROMETHEUS).nodes),
      );
      if (texts.some((uses) => uses.allLabels || uses.labels.some((label) => label.name === route)))
        continue;
      say(
        expression.at(expression.expr),
        `${name} fires once for each \`${route}\`, and no text names it`,
        { subject: expression.subject },
      );
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

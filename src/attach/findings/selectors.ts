import type { LiveFinding } from '../../model/attach.ts';
import { eachExpr } from '../../promql/ast.ts';
import type { Expr, Selector } from '../../promql/ast.ts';
import { printSelector } from '../../promql/print.ts';
import type { Rule } from '../../stack/rules.ts';
import { live } from '../finding.ts';
import { placeOf } from './place.ts';

/** A selector of a rule that has to find something for the rule to work. */
export interface Needed {
  rule: Rule;
  selector: Selector;
  text: string;
}

const PRESENCE = new Set(['absent', 'absent_over_time']);
/** Prometheus writes them itself, as soon as there is something to write. */
const OWN = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

/**
 * Selectors without which a rule sees nothing; what may rightly be missing is left out: what
 * `absent` asks for, what `unless` takes away, and the other side of an `or`.
 */
export function neededSelectors(rules: Rule[]): Needed[] {
  return rules.flatMap((rule) => {
    const found: Needed[] = [];
    if (rule.expression.expr)
      eachExpr(rule.expression.expr, (part, within) => {
        if (part.type !== 'selector' || mayBeMissing(part, within)) return;
        if (part.name !== undefined && OWN.has(part.name)) return;
        found.push({ rule, selector: part, text: printSelector(part) });
      });
    return found;
  });
}

function mayBeMissing(part: Expr, within: readonly Expr[]): boolean {
  const chain = [...within, part];
  return within.some((outer, i) => {
    if (outer.type === 'call') return PRESENCE.has(outer.name);
    if (outer.type !== 'binary') return false;
    return outer.op === 'or' || (outer.op === 'unless' && outer.right === chain[i + 1]);
  });
}

/** Of each rule, the metrics of which no series has the name; what is recorded may come yet. */
export function unknownMetrics(
  needed: Needed[],
  rules: Rule[],
  names: ReadonlySet<string>,
): Needed[] {
  const recorded = new Set(rules.flatMap(({ kind, name }) => (kind === 'record' ? [name] : [])));
  const told = new Set<string>();
  return needed.filter(({ rule, selector: { name } }) => {
    const key = `${rule.kind} ${rule.name} ${name ?? ''}`;
    if (name === undefined || names.has(name) || recorded.has(name) || told.has(key)) return false;
    told.add(key);
    return true;
  });
}

/** A metric that a rule needs, and of which there is none. */
export function unknownMetric({ rule, selector }: Needed): LiveFinding {
  return live('metricUnknown', {
    subject: `${rule.kind} ${rule.name}`,
    where: placeOf(rule),
    title: `no series is named ${selector.name ?? ''}`,
  });
}

/** A selector that found nothing though series of its name are there. */
export function emptySelector({ rule, text }: Needed): LiveFinding {
  return live('selectorEmpty', {
    subject: `${rule.kind} ${rule.name}`,
    where: placeOf(rule),
    title: `\`${text}\` finds no series today`,
  });
}

import { parseExpr } from '../promql/parse.ts';
import { eachExpr } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import type { Place, Value } from './source/value.ts';
import { substitute } from './variables.ts';
import type { Substituted } from './variables.ts';

interface ExpressionOptions {
  panelType?: string;
  extended?: 'metricsql' | 'other';
  stretch?: { from: number; to: number };
}

/** One PromQL expression of the stack, where it stands, and what for. */
export class Expression {
  readonly text: string;
  readonly value: Value;
  /** Undefined when it isn't PromQL, or when a variable stands where anything may be. */
  readonly expr: Expr | undefined;
  /** Where it stops being PromQL; undefined when it is, or when a variable may be the reason. */
  readonly error: { from: number; message: string } | undefined;
  readonly use: 'alert' | 'record' | 'panel' | 'variable';
  /** What it belongs to, for people. */
  readonly subject: string;
  /** Where in the value's text it begins. */
  private readonly start: number;
  /** For a panel's expression: the panel's type. */
  readonly panelType: string;
  readonly variables: Substituted['variables'];
  /** Whether it is of another language, which has nothing to do with what is PromQL. */
  readonly isForeign: boolean;
  /** Whether it may be MetricsQL, which takes ranges where PromQL wants moments. */
  readonly isMetricsql: boolean;

  /**
   * @param options.extended whether what isn't PromQL may be MetricsQL, which extends it; `other`:
   * it isn't PromQL in any case
   * @param options.stretch the part of the value's text that it is; by default all of it
   */
  constructor(
    value: Value,
    use: Expression['use'],
    subject: string,
    { panelType = '', extended, stretch }: ExpressionOptions = {},
  ) {
    this.panelType = panelType;
    this.value = value;
    this.start = stretch?.from ?? 0;
    this.text = (value.text() ?? '').slice(this.start, stretch?.to);
    this.use = use;
    this.subject = subject;
    const substituted =
      use === 'panel' || use === 'variable'
        ? substitute(this.text)
        : { text: this.text, variables: [] };
    this.variables = substituted.variables;
    const parsed = parseExpr(substituted.text);
    this.isMetricsql = extended === 'metricsql';
    this.isForeign = extended === 'other' || (extended === 'metricsql' && !('expr' in parsed));
    const guessed = substituted.variables.some((v) => v.guessed);
    this.expr =
      'expr' in parsed && !guessed && !this.isForeign
        ? withoutVariables(parsed.expr, substituted.variables)
        : undefined;
    this.error =
      'expr' in parsed || guessed || this.isForeign
        ? undefined
        : { from: parsed.errorAt, message: parsed.message };
  }

  /** The place of a part of the expression in its file. */
  at(part: { from: number; to: number }): Place {
    return this.value.within(this.start + part.from, this.start + part.to);
  }
}

/**
 * What a variable decides is unknown: a number that is one, a range with one has no length, a
 * matcher with one lets everything pass.
 */
function withoutVariables(expr: Expr, variables: Substituted['variables']): Expr {
  if (variables.length === 0) return expr;
  const touched = (at: { from: number; to: number }): boolean =>
    variables.some((v) => v.from < at.to && v.to > at.from);
  eachExpr(expr, (part) => {
    if (part.type === 'number' && touched(part)) Object.assign(part, { type: 'unknown' });
    if (part.type === 'range' && touched(part.rangeAt)) part.rangeMs = undefined;
    if (part.type === 'selector')
      for (const matcher of part.matchers)
        if (touched(matcher)) Object.assign(matcher, { op: '=~', value: '.*' });
  });
  return expr;
}

import { Document } from 'yaml';
import type { Expr } from '../../promql/ast.ts';
import { wrongTypes } from '../../promql/wrong-types.ts';
import { speedUpExpr } from '../../speedup/index.ts';
import { speedUpRules } from '../../speedup/rules.ts';
import type { Group, Rule } from '../../stack/rules.ts';
import { asksBack } from './asks-back.ts';
import { readsNoClock, readsOnlyAges } from './ages.ts';
import type { PlannedAlert } from './alerts.ts';
import { groupForPrometheus, ruleForPrometheus } from './evaluator-keys.ts';
import { plainOf } from './plain.ts';

/** An alert whose expression is stood for by a series of the harness's own. */
export interface StandInAlert {
  rule: Rule;
  /** The value of `rule` that its series have. */
  id: string;
}

export const STAND_IN_METRIC = 'gtv_stands_for';
/** How long a stand-in is pending, in evaluations: its own `for` is proved in virtual time. */
const PENDING_EVALUATIONS = 1;

/**
 * The rules as the run has them: a file for each of the stack's, every duration divided, nothing
 * that Prometheus would refuse for its syntax, or that only other evaluators know.
 * @param defaultMs evaluation interval of groups that have none of their own
 * @returns files below /etc, and the places of rules that were left out
 */
export function ruleFiles(
  groups: Group[],
  speed: number,
  standIns: StandInAlert[],
  defaultMs: number,
): { files: { path: string; text: string }[]; leftOut: Rule[] } {
  const byRule = new Map(standIns.map((one) => [one.rule, one]));
  const leftOut: Rule[] = [];
  const sources = [...new Set(groups.map(({ file }) => file))];
  const files = sources.map((source, i) => {
    const own = groups.filter(({ file }) => file === source);
    const data = {
      groups: own.map((group) => {
        const kept = group.rules.filter(({ expression: { expr } }) => expr && isTyped(expr));
        leftOut.push(...group.rules.filter((rule) => !kept.includes(rule)));
        const { rules: _, ...head } = plainOf(group.value) as Record<string, unknown>;
        void _;
        return {
          ...groupForPrometheus(head),
          rules: kept.map((rule) => ruleOf(rule, byRule.get(rule), defaultMs)),
        };
      }),
    };
    const document = new Document(data);
    // What can't be sped up is stood for; a recording rule that can't is read by nobody who is
    // proved live.
    if (speed !== 1) speedUpRules({ document, speed, refuse: () => undefined });
    return { path: `prometheus/rules/${i}.yml`, text: document.toString({ lineWidth: 0 }) };
  });
  return { files, leftOut };
}

function isTyped(expr: Expr): boolean {
  return wrongTypes(expr).length === 0;
}

function ruleOf(rule: Rule, standIn: StandInAlert | undefined, defaultMs: number): unknown {
  const plain = ruleForPrometheus(plainOf(rule.value) as Record<string, unknown>);
  if (!standIn) return plain;
  const { for: _, keep_firing_for: __, ...rest } = plain;
  void [_, __];
  const intervalMs = rule.group.evaluationMs ?? defaultMs;
  return {
    ...rest,
    expr: `max without (rule) (${STAND_IN_METRIC}{rule="${standIn.id}"}) > 0`,
    for: `${intervalMs * PENDING_EVALUATIONS}ms`,
  };
}

/**
 * Why a rule can't be proved in a world that is faster, recording rules behind it included;
 * undefined when it can.
 * @param otherwise metrics of which any rule asks something else than how long ago they are
 */
export function whyNotFaster(
  { rule, behind, recipe }: Pick<PlannedAlert, 'rule' | 'behind' | 'recipe'>,
  speed: number,
  otherwise: ReadonlySet<string>,
): string | undefined {
  const { series } = recipe.pairs[0];
  for (const one of [rule, ...behind]) {
    const { expr, text } = one.expression;
    const isMoment =
      expr !== undefined &&
      (readsNoClock(expr, series) || (one === rule && readsOnlyAges(expr, series, otherwise)));
    const { problem } = speedUpExpr(text, speed, isMoment);
    if (problem !== undefined) return one === rule ? problem : `${one.name}: ${problem}`;
  }
  // What it asks for by a label decides which alert it is.
  if ([...rule.labels.values()].some(({ text }) => asksBack(text)))
    return 'one of its labels asks Prometheus with `query`';
  return undefined;
}

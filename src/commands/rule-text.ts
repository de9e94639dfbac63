import type { RuleText } from '../engine/test-file.ts';
import type { SolveRule } from '../solve/index.ts';

/** A rule as a rule file has it. */
export function textOf(rule: SolveRule): RuleText {
  const { kind, ref, text, forMs, keepFiringMs, labels, annotations } = rule;
  return { kind, name: ref.name, expr: text, forMs, keepFiringMs, labels, annotations };
}

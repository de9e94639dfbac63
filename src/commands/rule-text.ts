import type { Case } from '../engine/confirm.ts';
import { ruleFile, testFile } from '../engine/test-file.ts';
import type { RuleText } from '../engine/test-file.ts';
import { neededRules } from '../solve/index.ts';
import type { recordedBy, SolveRule } from '../solve/index.ts';

/** What promtool is given to see a rule, and all that it reads of what is recorded. */
export function caseOf(
  rule: SolveRule,
  recorded: ReturnType<typeof recordedBy>,
  everyMs: number,
  groups: Parameters<typeof testFile>[2],
): Case {
  const rules = [...neededRules(rule, recorded), rule].map(textOf);
  return { rules: ruleFile(rules, everyMs), tests: (path) => testFile([path], everyMs, groups) };
}

/** A rule as a rule file has it. */
export function textOf(rule: SolveRule): RuleText {
  const { kind, ref, text, forMs, keepFiringMs, labels, annotations } = rule;
  return { kind, name: ref.name, expr: text, forMs, keepFiringMs, labels, annotations };
}

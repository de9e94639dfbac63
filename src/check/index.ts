import type { CheckFile, CheckFinding, CheckResult, RuleInfo } from '../model/check.ts';
import { messageOf } from '../lib/errors.ts';
import { finding } from './finding.ts';
import { promiseBroken } from './promises/index.ts';
import { RULES } from './rules/index.ts';
import { readStack } from './stack/index.ts';
import type { StackOptions } from './stack/index.ts';
import { OFF_RULES, switchOff } from './switch-off/index.ts';

/** All rules, with those about switching others off: what the pages, the reports and the tests go through. */
export const ALL_RULES: RuleInfo[] = [...RULES, promiseBroken, ...OFF_RULES].map(({ id, level, title, why, mend }) => ({ id, level, title, why, mend }));
export { fixAll } from './fix.ts';
export { parseExposition } from './read/exposition.ts';
export { promisesOf } from './promises/index.ts';
export type { Promises } from './promises/index.ts';
export type { TestFile } from './promises/file.ts';
export type { StackOptions };

/**
 * Everything that is wrong with a stack and can be known without starting it. Pure; never throws, whatever the files hold.
 * @param files the stack's files, paths relative to its folder
 */
export function checkStack(files: CheckFile[], options: StackOptions = {}): CheckResult {
  const stack = readStack(files, options);
  const findings: CheckFinding[] = [];
  for (const rule of RULES) {
    try {
      rule.check(stack, (place, title, extra = {}) => void findings.push(finding(rule, place, title, extra)));
    } catch (error) {
      // What a rule can't take is told as such: silence would look like a pass.
      const file = stack.files[0];
      if (file) findings.push({ ...finding(rule, { file, from: 0, to: 0 }, `the rule ${rule.id} could not be judged: ${messageOf(error)}`, {}), rule: 'check/rule-failed', level: 'error', why: 'A fault of the check itself: nothing is said about what this rule looks for.', mend: 'Report it, with the stack; until then switch nothing off.' });
    }
  }
  const { kept, switchedOff } = switchOff(stack, findings, new Set(ALL_RULES.map((rule) => rule.id)));
  return {
    findings: kept.sort(byPlace),
    switchedOff,
    looked: { files: stack.relevant.length, alerts: stack.rules.filter((r) => r.kind === 'alert').length, expressions: stack.expressions.length, dashboards: stack.dashboards.length },
    rules: ALL_RULES,
  };
}

/** A result with findings that came later (the alerts' unit tests), unless they are switched off. */
export function withFindings(result: CheckResult, files: CheckFile[], more: CheckFinding[], options: StackOptions = {}): CheckResult {
  if (more.length === 0) return result;
  const { kept, switchedOff } = switchOff(readStack(files, options), more, new Set(ALL_RULES.map((rule) => rule.id)));
  const added = kept.filter((f) => more.includes(f));
  // A switch that hits one of these was useful after all.
  const findings = result.findings.filter((f) => f.rule !== 'check/off-unused' || kept.some((k) => k.rule === f.rule && k.file === f.file && k.line === f.line));
  return { ...result, findings: [...findings, ...added].sort(byPlace), switchedOff: result.switchedOff + switchedOff };
}

function byPlace(a: CheckFinding, b: CheckFinding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

import type {
  CheckFile,
  CheckFinding,
  CheckResult,
  PromiseResult,
  RuleInfo,
} from '../model/check.ts';
import { messageOf } from '../lib/errors.ts';
import { finding } from './finding.ts';
import { withFingerprints } from './fingerprint.ts';
import { panelDiffers } from './examples/index.ts';
import { promiseBroken } from './promises/index.ts';
import { refusalFindings, refusedByProgram } from './refusals.ts';
import type { Refusal } from './refusals.ts';
import { fileSyntax } from './rules/file/syntax.ts';
import { RULES } from './rules/index.ts';
import { REFUSED_IN_CONFIGURATIONS, REFUSED_IN_RULE_FILES } from './rules/refused.ts';
import { readStack } from '../stack/index.ts';
import type { Stack, StackOptions } from '../stack/index.ts';
import { OFF_RULES, switchOff } from './switch-off/index.ts';

/**
 * All rules, with those about switching others off: what the pages, the reports and the tests go
 * through.
 */
export const ALL_RULES: RuleInfo[] = [
  ...RULES,
  promiseBroken,
  panelDiffers,
  refusedByProgram,
  ...OFF_RULES,
].map(({ id, level, title, why, mend }) => ({ id, level, title, why, mend }));
export type { Baseline } from './baseline.ts';
export { baselineOf, isBaseline, withoutBaseline } from './baseline.ts';
export { fixAll } from './fix.ts';
export { refusable } from './refusable.ts';
export type { RefusableFile } from './refusable.ts';
export type { Refusal } from './refusals.ts';
export { withoutIgnored } from './settings.ts';
export { parseExposition } from '../stack/source/exposition.ts';
export { examplesOf, exampleTests, refIdOf, untrueIn } from './examples/index.ts';
export type { Asked, Examples, Statement } from './examples/index.ts';
export { promisesOf } from './promises/index.ts';
export type { Promises, PromtoolRun } from './promises/index.ts';
export { saysHowItIsScraped } from './promises/scraping.ts';
export { toldOutcome } from './promises/outcome.ts';
export { testFiles } from './promises/file.ts';
export { brokenWords } from './promises/untrue.ts';
export type { TestFile } from './promises/file.ts';
export { readStack };
export type { Stack, StackOptions };

/** What is told of a file that can't be read, whatever it is for. */
export const IN_ANY_FILE = fileSyntax.id;
/** By their ids, what Prometheus refuses of rules: told of nothing but rule files. */
export const IN_RULE_FILES: ReadonlySet<string> = new Set(
  REFUSED_IN_RULE_FILES.map(({ id }) => id),
);
/** By their ids, what keeps Prometheus or Alertmanager from taking its configuration. */
export const IN_CONFIGURATIONS: ReadonlySet<string> = new Set(
  [fileSyntax, ...REFUSED_IN_CONFIGURATIONS].map(({ id }) => id),
);
/** Rules that need a program to be judged. */
const PROMISED = new Set([promiseBroken.id, panelDiffers.id]);
const OUTSIDE = new Set([...PROMISED, refusedByProgram.id]);
const KNOWN = new Set(ALL_RULES.map((rule) => rule.id));
/** A rule that threw: a fault of the check, and no verdict about the stack. */
export const RULE_FAILED = 'check/rule-failed';

/**
 * Everything that is wrong with a stack and can be known without starting it. Pure; never throws,
 * whatever the files hold.
 * @param files the stack's files, paths relative to its folder
 */
export function checkStack(files: CheckFile[], options: StackOptions = {}): CheckResult {
  return checkRead(readStack(files, options));
}

/**
 * The same for a stack that has been read.
 * @param isAsked which rules are judged, by their ids; all unless it says otherwise
 */
export function checkRead(
  stack: Stack,
  isAsked: (rule: string) => boolean = () => true,
): CheckResult {
  const findings: CheckFinding[] = [];
  const rules = RULES.filter(
    (rule) => (stack.production || rule.production !== true) && isAsked(rule.id),
  );
  for (const rule of rules) {
    try {
      rule.check(
        stack,
        (place, title, extra = {}) => void findings.push(finding(rule, place, title, extra)),
      );
    } catch (error) {
      // What a rule can't take is told as such: silence would look like a pass.
      const file = stack.files[0];
      if (file)
        findings.push({
          ...finding(
            rule,
            { file, from: 0, to: 0 },
            `the rule ${rule.id} could not be judged: ${messageOf(error)}`,
            {},
          ),
          rule: RULE_FAILED,
          level: 'error',
          why: 'A fault of the check itself: nothing is said about what this rule looks for.',
          mend: 'Report it, with the stack; until then switch nothing off.',
        });
    }
  }
  const { kept, switchedOff } = switchOff(
    stack,
    findings,
    KNOWN,
    (rule) => isAsked(rule) && !OUTSIDE.has(rule) && !notAsked(stack, rule),
  );
  return {
    findings: withFingerprints(kept.sort(byPlace), stack.files),
    switchedOff,
    looked: {
      files: new Set(stack.relevant.map((file) => file.path)).size,
      alerts: stack.rules.filter((r) => r.kind === 'alert').length,
      expressions: stack.expressions.length,
      dashboards: stack.dashboards.length,
    },
    rules: ALL_RULES,
    unread: stack.unread.map(({ file, reason }) => ({
      file: file.path,
      reason,
      ...(file.unreadable === undefined ? {} : { why: file.unreadable }),
    })),
  };
}

/** A rule that is judged for production alone, and nobody asked: what it would find isn't known. */
function notAsked(stack: Stack, id: string): boolean {
  return !stack.production && RULES.some((rule) => rule.id === id && rule.production === true);
}

/** A result with what the unit tests of alerts and panels found, unless that is switched off. */
export function withPromises(
  result: CheckResult,
  stack: Stack,
  broken: CheckFinding[],
  promises: PromiseResult,
): CheckResult {
  const { kept, switchedOff } = switchOff(
    stack,
    broken,
    KNOWN,
    (rule) => PROMISED.has(rule) && promises.ran === true,
  );
  return {
    ...result,
    promises,
    findings: withFingerprints([...result.findings, ...kept].sort(byPlace), stack.files),
    switchedOff: result.switchedOff + switchedOff,
  };
}

/**
 * A result with what the programs themselves refuse, in files of which nothing of the kind is told
 * already.
 * @param stack what was judged
 */
export function withRefusals(result: CheckResult, stack: Stack, refusals: Refusal[]): CheckResult {
  const { kept, switchedOff } = switchOff(
    stack,
    refusalFindings(stack, result.findings, refusals),
    KNOWN,
    (rule) => rule === refusedByProgram.id,
  );
  return {
    ...result,
    findings: withFingerprints([...result.findings, ...kept].sort(byPlace), stack.files),
    switchedOff: result.switchedOff + switchedOff,
  };
}

function byPlace(a: CheckFinding, b: CheckFinding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

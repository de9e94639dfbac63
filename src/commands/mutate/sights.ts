import { checkRead } from '../../check/index.ts';
import type { CheckFile, CheckFinding } from '../../model/check.ts';
import type { Mutant, MutantResult, RuleMutant } from '../../model/mutation.ts';
import { ownFiles, relatedJudge, staticJudge } from '../../mutate/judge/static.ts';
import { readStack } from '../../stack/index.ts';
import type { Stack } from '../../stack/index.ts';
import { pathsAround } from '../../stack/paths-around.ts';

/** What is wrong with the files of a mutant; undefined when nothing is. */
export type BySight = (mutant: Mutant) => MutantResult | undefined;

/** A stack with its files. */
interface Sighted {
  dir: string;
  files: CheckFile[];
  stack: Stack;
}

/**
 * What `check` sees in the files as a mutant has them: with a contract, which speaks of their
 * whole, in all but the dashboards, of which nothing else depends; else in those that are changed,
 * and of a rule's in the rules that it may matter to.
 */
export function sightOf({ dir, files, stack }: Sighted): BySight {
  const paths = pathsAround(dir);
  const shown = new Set(stack.dashboards.map(({ file }) => file.path));
  const rest = files.filter(({ path }) => !shown.has(path));
  const findings = (changed: CheckFile[]): CheckFinding[] =>
    checkRead(readStack(changed, paths)).findings;
  if (stack.contract) return staticJudge(files, findings, () => rest);
  const [byRule, byFile] = [
    relatedJudge(stack.rules, findings),
    staticJudge(files, findings, ownFiles(files)),
  ];
  return (mutant) => (isOfOneRule(mutant) ? byRule(mutant) : byFile(mutant));
}

/** Whether a mutant is another rule in the place of one, or none. */
function isOfOneRule(mutant: Mutant): mutant is RuleMutant {
  return mutant.kind === 'rule' && 'body' in mutant;
}

/** Rules by which a rule says otherwise than the contract: told first, and quickly looked at. */
const SAID = new Set(['promise/no-rule', 'promise/differs']);

/** Whether a rule says otherwise than the contract; undefined where there is none. */
export function contractSight({ dir, files, stack }: Sighted): BySight | undefined {
  if (!stack.contract?.root.has('alerts')) return undefined;
  const paths = pathsAround(dir);
  const always = new Set([
    stack.contract.file.path,
    ...stack.prometheus.map(({ file }) => file.path),
    ...stack.rules.map(({ group }) => group.file.path),
  ]);
  const own = files.filter(({ path }) => always.has(path));
  return staticJudge(
    files,
    (changed) => checkRead(readStack(changed, paths), (rule) => SAID.has(rule)).findings,
    () => own,
  );
}

/** What people read of alerts: templates, receivers, and the contract's word. */
export function messageSight({ dir, files, stack }: Sighted): BySight {
  const paths = pathsAround(dir);
  const read = new Set([
    ...contractOf(stack),
    ...stack.templates.map(({ path }) => path),
    ...stack.alertmanagers.map(({ file }) => file.path),
  ]);
  const own = files.filter(({ path }) => read.has(path));
  return staticJudge(
    files,
    (changed) => checkRead(readStack(changed, paths), isOfMessages).findings,
    () => own,
  );
}

function isOfMessages(rule: string): boolean {
  return rule === 'promise/message-otherwise' || rule.startsWith('template/');
}

/** How dashboards look: the one that is changed, its data sources, and the contract's word. */
export function looksSight({ dir, files, stack }: Sighted): BySight {
  const paths = pathsAround(dir);
  const always = new Set([
    ...contractOf(stack),
    ...stack.grafana.dataSourceFiles.map(({ file }) => file.path),
  ]);
  const scopes = new Map(
    stack.dashboards.map(({ file }) => [
      file.path,
      files.filter(({ path }) => always.has(path) || path === file.path),
    ]),
  );
  return staticJudge(
    files,
    (changed) => checkRead(readStack(changed, paths), isOfLooks).findings,
    ({ at }) => scopes.get(at.file) ?? files,
  );
}

function isOfLooks(rule: string): boolean {
  return (
    ['promise/panel-otherwise', 'promise/variable-otherwise'].includes(rule) ||
    rule.startsWith('dashboard/') ||
    rule.startsWith('grafana/')
  );
}

function contractOf({ contract }: Stack): string[] {
  return contract ? [contract.file.path] : [];
}

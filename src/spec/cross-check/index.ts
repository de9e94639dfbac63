import type { InputProblem } from '../../lib/errors.ts';
import type { SourceRef } from '../../model/source.ts';
import type { DashboardSpec } from '../../model/spec.ts';
import type { AlertmanagerDraft } from '../alertmanager.ts';
import type { ContractDraft } from '../contract.ts';
import { panelProblems } from '../panel-check.ts';
import type { PrometheusDraft } from '../prometheus.ts';
import { checkAlerts, checkRules, checkWatchdog } from './alerts.ts';
import type { DraftedRule } from './alerts.ts';
import { collector } from './collector.ts';
import type { Collector } from './collector.ts';
import { checkJobs, ownComponents } from './jobs.ts';
import { checkReceivers } from './receivers.ts';

/**
 * The files as far as they could be read: what is undefined has its own problems, and is not held
 * against the others.
 */
export interface Draft {
  contract: ContractDraft | undefined;
  prometheus: PrometheusDraft | undefined;
  /** Names of all alerts in rule files; undefined when a file with more of them can't be read. */
  ruleNames: string[] | undefined;
  alertmanager: AlertmanagerDraft | undefined;
  dashboards: DashboardSpec[];
}

/**
 * What doesn't fit between the files: names on one side only, levels that make no sense. Pure.
 * A rule that behaves otherwise than promised is no input error: the run has to find that.
 */
export function crossCheck(draft: Draft): InputProblem[] {
  const { contract: promised, prometheus } = draft;
  const to = collector();
  for (const [what, named] of [
    ['scrape job', prometheus?.spec.jobs.map(({ name, source }) => ({ name, source }))],
    ['alert', rulesOf(draft).map(({ alert, source }) => ({ name: alert, source }))],
  ] as const)
    duplicates(named ?? [], what, to.say);
  if (!promised) return to.problems;
  checkJobs(promised, prometheus, to);
  to.problems.push(...ownComponents(promised));
  checkReceivers(promised, draft.alertmanager, to);
  checkAlerts(promised, draft.ruleNames, to);
  checkRules(promised, rulesOf(draft), to);
  to.problems.push(...panelProblems(promised, draft.dashboards));
  checkWatchdog(promised, to);
  return to.problems;
}

function rulesOf({ prometheus }: Draft): DraftedRule[] {
  return prometheus?.spec.ruleGroups.flatMap((g) => g.rules) ?? [];
}

function duplicates(
  named: { name: string; source: SourceRef }[],
  what: string,
  say: Collector['say'],
): void {
  const first = new Map<string, SourceRef>();
  for (const { name, source } of named) {
    const other = first.get(name);
    if (other)
      say(
        source,
        `the ${what} \`${name}\` stands twice`,
        `one of this name; the first is ${other.file}:${other.line}`,
      );
    else first.set(name, source);
  }
}

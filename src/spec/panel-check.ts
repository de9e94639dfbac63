import { syntaxError } from '../promql/tree.ts';
import { replaceVariables } from '../lib/grafana-variables.ts';
import type { InputProblem } from '../lib/errors.ts';
import type { DashboardContract } from '../model/contract.ts';
import type { SourceRef } from '../model/source.ts';
import type { DashboardSpec } from '../model/spec.ts';
import type { ContractDraft } from './contract.ts';
import { oneOf } from './issue-text.ts';

type Say = (at: SourceRef, message: string, expected: string) => void;

/**
 * What doesn't fit between the contract's panels and the dashboards: panels on one side only,
 * queries that don't parse.
 */
export function panelProblems(
  promised: ContractDraft,
  dashboards: DashboardSpec[],
): InputProblem[] {
  const problems: InputProblem[] = [];
  const say: Say = (source, message, expected) => void problems.push({ source, message, expected });
  // A contract that can't be read at all promises nothing that could be missing.
  if (promised.names.alerts !== undefined)
    for (const dashboard of dashboards) unpromised(promised, dashboard, say);
  for (const dashboard of promised.contract.dashboards) absent(dashboard, dashboards, say);
  return problems;
}

/** What a dashboard has and the contract hasn't, and its queries that don't parse. */
function unpromised(
  { contract, names, source }: ContractDraft,
  dashboard: DashboardSpec,
  say: Say,
): void {
  if (!contract.dashboards.some((d) => d.name === dashboard.title)) {
    if (names.dashboards?.includes(dashboard.title) !== true)
      say(
        dashboard.source,
        `the contract has no dashboard \`${dashboard.title}\``,
        oneOf(dashboard.title, names.dashboards ?? []),
      );
    return;
  }
  const known = source.entries(['dashboards', dashboard.title]).map((path) => String(path.at(-1)));
  for (const panel of dashboard.panels) {
    if (!known.includes(panel.title))
      say(
        panel.source,
        `the contract has no panel \`${panel.title}\` of ${dashboard.title}`,
        oneOf(panel.title, known),
      );
    for (const target of panel.targets.filter(({ expr }) => !parses(expr)))
      say(
        target.source,
        'the expression does not parse',
        'PromQL, with variables in any of their spellings',
      );
  }
}

/** Whether a query is PromQL once its variables are filled in. */
function parses(expr: string): boolean {
  const filled = replaceVariables(expr, ({ name }) => (/interval|range/.test(name) ? '1m' : 'x'));
  return syntaxError(filled) === undefined;
}

/** What the contract has of a dashboard and its file hasn't. */
function absent(
  { name, panels, source }: DashboardContract,
  dashboards: DashboardSpec[],
  say: Say,
): void {
  const titles = dashboards.map(({ title }) => title);
  const real = dashboards.find(({ title }) => title === name);
  if (!real) {
    say(source, `no file of grafana/ has the dashboard \`${name}\``, oneOf(name, titles));
    return;
  }
  for (const panel of panels) {
    const found = real.panels.find((p) => p.title === panel.title);
    if (!found)
      say(
        panel.source,
        `${name} has no panel \`${panel.title}\``,
        oneOf(
          panel.title,
          real.panels.map((p) => p.title),
        ),
      );
    const refIds = found?.targets.map((t) => t.refId) ?? [];
    for (const refId of found ? Object.keys(panel.shows) : [])
      if (refId !== '*' && !refIds.includes(refId))
        say(
          panel.source,
          `the panel \`${panel.title}\` has no query ${refId}`,
          oneOf(refId, refIds),
        );
  }
}

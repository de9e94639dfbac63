import { syntaxError } from '../promql/tree.ts';
import { replaceVariables } from '../lib/grafana-variables.ts';
import type { InputProblem } from '../lib/errors.ts';
import type { SourceRef } from '../model/source.ts';
import type { DashboardSpec } from '../model/spec.ts';
import type { ContractDraft } from './contract.ts';
import { oneOf } from './issue-text.ts';

/** What doesn't fit between the contract's panels and the dashboards: panels on one side only, queries that don't parse. */
export function panelProblems(
  { contract, names, source }: ContractDraft,
  dashboards: DashboardSpec[],
): InputProblem[] {
  const problems: InputProblem[] = [];
  const say = (at: SourceRef, message: string, expected: string): void =>
    void problems.push({ source: at, message, expected });
  // A contract that can't be read at all promises nothing that could be missing.
  for (const dashboard of names.alerts === undefined ? [] : dashboards) {
    const promised = contract.dashboards.find((d) => d.name === dashboard.title);
    if (!promised) {
      if (names.dashboards?.includes(dashboard.title) !== true)
        say(
          dashboard.source,
          `the contract has no dashboard \`${dashboard.title}\``,
          oneOf(dashboard.title, names.dashboards ?? []),
        );
      continue;
    }
    for (const panel of dashboard.panels) {
      const known = source
        .entries(['dashboards', dashboard.title])
        .map((path) => String(path.at(-1)));
      if (!known.includes(panel.title))
        say(
          panel.source,
          `the contract has no panel \`${panel.title}\` of ${dashboard.title}`,
          oneOf(panel.title, known),
        );
      for (const target of panel.targets)
        if (
          syntaxError(
            replaceVariables(target.expr, ({ name }) => (/interval|range/.test(name) ? '1m' : 'x')),
          ) !== undefined
        )
          say(
            target.source,
            'the expression does not parse',
            'PromQL, with variables in any of their spellings',
          );
    }
  }
  for (const dashboard of contract.dashboards) {
    const real = dashboards.find((d) => d.title === dashboard.name);
    if (!real)
      say(
        dashboard.source,
        `no file of grafana/ has the dashboard \`${dashboard.name}\``,
        oneOf(
          dashboard.name,
          dashboards.map((d) => d.title),
        ),
      );
    for (const panel of real ? dashboard.panels : []) {
      const found = real?.panels.find((p) => p.title === panel.title);
      if (!found)
        say(
          panel.source,
          `${dashboard.name} has no panel \`${panel.title}\``,
          oneOf(panel.title, real?.panels.map((p) => p.title) ?? []),
        );
      for (const refId of Object.keys(panel.shows))
        if (found && refId !== '*' && !found.targets.some((t) => t.refId === refId))
          say(
            panel.source,
            `the panel \`${panel.title}\` has no query ${refId}`,
            oneOf(
              refId,
              found.targets.map((t) => t.refId),
            ),
          );
    }
  }
  return problems;
}

import { isOfTheQuery } from '../lib/refused-query.ts';
import type { NoAnswer } from '../model/attach.ts';
import { DEFAULT_INTERVAL_MS } from '../model/prometheus-defaults.ts';
import type { AttachContext } from './context.ts';
import { nameOf, panelFinding, panelQueries } from './findings/panels.ts';
import type { PanelQuery } from './findings/panels.ts';
import { instant } from './questions.ts';
import { explainedIn, silentReason } from './silence.ts';
import { unansweredOf, whyOf } from './unanswered.ts';
import { vectorOf } from './vector.ts';

/** Asks what the panels show. @returns how many panels were judged */
export async function judgePanels(context: AttachContext): Promise<number> {
  const { reader, options, system, findings, notJudged } = context;
  const scrapeIntervalMs = system.prometheus[0]?.scrapeIntervalMs ?? DEFAULT_INTERVAL_MS;
  const boards = system.dashboards.length > 0 ? system : options.files;
  if (!boards) return 0;
  const isInstead = boards === options.files && boards.dashboards.length > 0;
  if (isInstead && options.addresses.grafana !== undefined)
    notJudged.push({
      what: 'what Grafana shows',
      why: 'no dashboard of it could be had; those of the files are asked in their place',
      decisive: false,
    });
  options.phase('asking what the panels show');
  const { queries, unclear } = panelQueries(boards.dashboards, scrapeIntervalMs);
  for (const what of new Set(unclear))
    notJudged.push({
      what,
      why: 'a variable has no value that is known from here',
      decisive: false,
    });
  const answers = await reader.ask(queries.map(({ query }) => instant(query, options.timeoutMs)));
  const failed: { what: string; why: string }[] = [];
  for (const [i, query] of queries.entries()) {
    const answer = vectorOf(answers[i]);
    if (!('error' in answer)) {
      if (answer.vector.length === 0) empty(context, query);
    } else if (isRefusal(answer)) findings.push(panelFinding(query, answer));
    else failed.push({ what: nameOf(query), why: whyOf(answer) });
  }
  notJudged.push(...unansweredOf('the panels', failed, queries.length));
  const unknown = new Set([...unclear, ...failed.map(({ what }) => what)]);
  return boards.dashboards
    .flatMap(({ title, panels }) =>
      panels.map((panel) => ({ dashboard: title, panel: panel.title })),
    )
    .filter((panel) => !unknown.has(nameOf(panel))).length;
}

/** A panel that shows nothing, unless that is for want of a target, which is told by itself. */
function empty({ findings, notJudged, silence }: AttachContext, query: PanelQuery): void {
  const explained = explainedIn(query.expr, silence);
  if (explained === 'not') findings.push(panelFinding(query, 'empty'));
  else if (explained === 'maybe')
    notJudged.push({
      what: `${nameOf(query)}, which has no data`,
      why: silentReason(silence),
      decisive: false,
    });
}

/** Whether it is the query, and not a proxy before Prometheus that gave the same status. */
function isRefusal({ status = 0, errorType = '' }: NoAnswer): boolean {
  return isOfTheQuery(status) && ['bad_data', 'execution'].includes(errorType);
}

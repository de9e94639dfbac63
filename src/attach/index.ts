import type { LiveFinding, LiveResult, Question } from '../model/attach.ts';
import type { AttachContext, AttachOptions } from './context.ts';
import { readStack } from '../stack/index.ts';
import type { Stack } from '../stack/index.ts';
import type { Reader } from './client/index.ts';
import { placedIn } from './findings/place.ts';
import { panelFinding, panelQueries } from './findings/panels.ts';
import { routeFindings } from './findings/routes.ts';
import { differentRules, unhealthyRules } from './findings/rules.ts';
import { emptySelector, neededSelectors, unknownMetrics } from './findings/selectors.ts';
import { deadJobs, targetFindings } from './findings/targets.ts';
import { live } from './finding.ts';
import { judgeHistory } from './judge-history.ts';
import { judgeMetrics } from './judge-metrics.ts';
import { liveFiles } from './live-files.ts';
import type { Overview } from './overview.ts';
import { instant } from './questions.ts';
import { survey } from './survey.ts';
import { valueOf, vectorOf } from './vector.ts';
import { DEFAULT_INTERVAL_MS } from '../model/prometheus-defaults.ts';

/**
 * Judges a system that belongs to somebody, by reading alone: a few questions at a time, none of
 * which changes anything. What couldn't be asked is told as not judged, never as good.
 */
export async function attach(reader: Reader, options: AttachOptions): Promise<LiveResult> {
  options.phase('asking how the system is made');
  const { overview, boards, notJudged } = await survey(reader, options.addresses);
  const system = readStack(liveFiles(overview, boards));
  const findings: LiveFinding[] = [...ofOverview(overview, options.files)];
  const routed = routeFindings(system);
  findings.push(...routed.findings);
  for (const name of routed.unclear)
    notJudged.push({ what: `where ${name} goes`, why: 'it depends on a label that may vary' });

  const context: AttachContext = {
    reader,
    options,
    system,
    findings,
    notJudged,
    deadJobs: deadJobs(overview.targets?.activeTargets ?? []),
  };
  await judgeSelectors(context, overview.names);
  await judgePanels(context);
  const metrics = await judgeMetrics(context);
  await judgeHistory(context);
  const rules = overview.rules?.groups.flatMap((group) => group.rules) ?? [];
  return {
    asked: versions(overview, options.addresses),
    looked: {
      targets: overview.targets?.activeTargets.length ?? 0,
      alerts: rules.filter((rule) => rule.type === 'alerting').length,
      recordings: rules.filter((rule) => rule.type === 'recording').length,
      panels: system.dashboards.reduce((sum, { panels }) => sum + panels.length, 0),
      metrics,
      requests: reader.requests(),
    },
    findings: options.files ? placedIn(options.files, findings) : findings,
    notJudged,
  };
}

/** What can be said without another question. */
function ofOverview(overview: Overview, files: Stack | undefined): LiveFinding[] {
  const groups = overview.rules?.groups ?? [];
  const alerting = groups.some((group) => group.rules.some((rule) => rule.type === 'alerting'));
  const lonely = overview.alertmanagers?.activeAlertmanagers.length === 0 && alerting;
  return [
    ...targetFindings(overview.targets?.activeTargets ?? []),
    ...unhealthyRules(groups),
    ...(files && overview.rules ? differentRules(groups, files.rules) : []),
    ...(lonely
      ? [
          live('noAlertmanager', {
            subject: 'Prometheus',
            where: '/api/v1/alertmanagers',
            title: 'Prometheus knows no Alertmanager that it could tell',
          }),
        ]
      : []),
  ];
}

async function judgeSelectors(context: AttachContext, names: string[] | undefined): Promise<void> {
  const { reader, options, system, findings } = context;
  if (!names) return;
  options.phase('looking for the series of the rules');
  const known = new Set(names);
  const needed = neededSelectors(system.rules);
  findings.push(...unknownMetrics(needed, known));
  const narrowed = needed.filter(
    ({ selector }) => selector.matchers.length > 0 && known.has(selector.name ?? ''),
  );
  const asked = [...new Map(narrowed.map((one) => [`${one.rule.name} ${one.text}`, one])).values()];
  const answers = await reader.ask(
    asked.map(({ text }) => instant(`count(${text})`, options.timeoutMs)),
  );
  for (const [i, one] of asked.entries()) {
    const count = valueOf(answers[i]);
    if ('error' in count) notAnswered(context, `\`${one.text}\``, count.error);
    else if (count.value === undefined) findings.push(emptySelector(one));
  }
}

async function judgePanels(context: AttachContext): Promise<void> {
  const { reader, options, system, findings } = context;
  const scrapeIntervalMs = system.prometheus[0]?.scrapeIntervalMs ?? DEFAULT_INTERVAL_MS;
  const boards = system.dashboards.length > 0 ? system : options.files;
  if (!boards) return;
  options.phase('asking what the panels show');
  const { queries, unclear } = panelQueries(boards.dashboards, scrapeIntervalMs);
  for (const panel of new Set(unclear))
    context.notJudged.push({ what: panel, why: 'a variable has no value that is known from here' });
  const answers = await reader.ask(queries.map(({ query }) => instant(query, options.timeoutMs)));
  for (const [i, query] of queries.entries()) {
    const answer = vectorOf(answers[i]);
    if ('error' in answer) findings.push(panelFinding(query, answer));
    else if (answer.vector.length === 0) findings.push(panelFinding(query, 'empty'));
  }
}

function notAnswered(context: AttachContext, what: string, why: string): void {
  context.notJudged.push({ what, why });
}

function versions(overview: Overview, addresses: AttachOptions['addresses']): LiveResult['asked'] {
  const told: Record<Question['of'], string | undefined> = {
    prometheus: overview.build?.version,
    alertmanager: overview.alertmanager?.versionInfo.version,
    grafana: overview.grafana?.version,
  };
  return (Object.keys(addresses) as Question['of'][]).map((of) => ({
    of,
    address: addresses[of] ?? '',
    version: told[of] ?? null,
  }));
}

export type { AttachOptions } from './context.ts';

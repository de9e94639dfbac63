import type { LiveFinding, LiveResult, Question } from '../model/attach.ts';
import type { AttachContext, AttachOptions } from './context.ts';
import { readStack } from '../stack/index.ts';
import type { Reader } from './client/index.ts';
import { placedIn } from './findings/place.ts';
import { routeFindings } from './findings/routes.ts';
import { targetFindings, unscrapedTargets } from './findings/targets.ts';
import { live } from './finding.ts';
import { judgeHistory } from './judge-history.ts';
import { judgeMetrics, promisedMetrics } from './judge-metrics.ts';
import { judgePanels } from './judge-panels.ts';
import { judgeRules } from './judge-rules.ts';
import { judgeSelectors } from './judge-selectors.ts';
import { liveFiles } from './live-files.ts';
import { liveUnread } from './live-unread.ts';
import type { Overview } from './overview.ts';
import { silenceOf } from './silence.ts';
import { survey } from './survey.ts';

/**
 * Judges a system that belongs to somebody, by reading alone: a few questions at a time, none of
 * which changes anything. What couldn't be asked is told as not judged, never as good.
 */
export async function attach(reader: Reader, options: AttachOptions): Promise<LiveResult> {
  options.phase('asking how the system is made');
  const { overview, boards, notJudged } = await survey(reader, options.addresses);
  const system = readStack(liveFiles(overview, boards));
  notJudged.push(...liveUnread(system));
  const findings: LiveFinding[] = [...ofOverview(overview)];
  const groups = overview.rules?.groups ?? [];
  const rules = groups.flatMap((group) => group.rules);
  const targets = overview.targets?.activeTargets ?? [];
  const ofRules = judgeRules(groups, options.files);
  findings.push(...ofRules.findings);
  notJudged.push(...ofRules.notJudged);
  notJudged.push(...unscrapedTargets(targets));
  if (rules.length + targets.length === 0)
    notJudged.push({
      what: 'the system',
      why: 'Prometheus has neither targets nor rules: there is nothing to judge',
      decisive: true,
    });
  const routed = routeFindings(system);
  findings.push(...routed.findings);
  for (const name of routed.unclear)
    notJudged.push({
      what: `where ${name} goes`,
      why: 'it depends on a label that may vary',
      decisive: false,
    });

  const context: AttachContext = {
    reader,
    options,
    system,
    findings,
    notJudged,
    silence: silenceOf(targets, options.files ? promisedMetrics(options.files) : []),
  };
  await judgeSelectors(context, overview.names);
  const panels = await judgePanels(context);
  const metrics = await judgeMetrics(context);
  await judgeHistory(context);
  return {
    asked: versions(overview, options.addresses),
    looked: {
      targets: targets.length,
      alerts: rules.filter((rule) => rule.type === 'alerting').length,
      recordings: rules.filter((rule) => rule.type === 'recording').length,
      panels,
      metrics,
      requests: reader.requests(),
    },
    findings: options.files ? placedIn(options.files, system, findings) : findings,
    notJudged,
  };
}

/** What can be said without another question. */
function ofOverview(overview: Overview): LiveFinding[] {
  const groups = overview.rules?.groups ?? [];
  const alerting = groups.some((group) => group.rules.some((rule) => rule.type === 'alerting'));
  const lonely = overview.alertmanagers?.activeAlertmanagers.length === 0 && alerting;
  return [
    ...targetFindings(overview.targets?.activeTargets ?? []),
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

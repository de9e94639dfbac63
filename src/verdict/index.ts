import type { Evidence } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import type { Judgement, Verdict } from '../model/verdict.ts';
import { judgeAlerts } from './alerts/index.ts';
import { conclusionOf } from './conclusion.ts';
import { judgeMetrics } from './metrics/index.ts';
import { judgeOriginals } from './metrics/originals.ts';
import { judgePanels } from './panels/index.ts';
import { judgeUnscraped, withoutUnscraped } from './unscraped.ts';

/**
 * Judges a run from its plan and its evidence. Pure: the same evidence always gives the same
 * verdicts.
 */
export function judge(plan: Plan, evidence: Evidence): Judgement {
  const verdicts = [
    ...judgeUnscraped(evidence, plan),
    ...allVerdicts(plan, evidence).map((verdict) => withoutUnscraped(verdict, evidence, plan)),
  ];
  return {
    schemaVersion: 3,
    runId: evidence.runId,
    stackName: plan.stackName,
    speed: plan.speed,
    ...conclusionOf(verdicts),
    wallMs: evidence.endedAt - evidence.startedAt,
    criticalPathMs: plan.criticalPath.reduce((sum, entry) => sum + entry.ms, 0),
    versions: evidence.versions,
    interruption: evidence.interruption ? evidence.interruption.detail : null,
    selection: plan.selection,
    files: null,
    notJudged: [...evidence.notJudged, ...virtualAlerts(plan)],
  };
}

/** The Watchdog is the positive control: without it nothing else is judged. */
function allVerdicts(plan: Plan, evidence: Evidence): Verdict[] {
  const alerts = judgeAlerts(plan, evidence);
  if (alerts.some((v) => v.finding?.id === 'watchdog-silent')) return alerts;
  return [
    ...alerts,
    ...judgeMetrics(plan, evidence),
    ...judgeOriginals(plan, evidence),
    ...judgePanels(plan, evidence),
  ];
}

/** What no run makes happen, since it would take away what everything else is proved by. */
function virtualAlerts({ alerts, selection }: Plan): Judgement['notJudged'] {
  const names = alerts.filter(({ virtual }) => virtual).map(({ alert }) => alert);
  if (names.length === 0 || selection !== null) return [];
  const why =
    'what provokes them would take away what every other alert is proved by; promtool ' +
    'proves them at real durations, beside the run';
  return [{ what: `${names.join(', ')}, in a run`, why }];
}

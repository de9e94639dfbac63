import type { Level } from '../model/check.ts';
import type { LiveFinding } from '../model/attach.ts';

/** A kind of thing that can be wrong with a running system. */
export interface LiveRuleInfo {
  id: string;
  level: Level;
  why: string;
  mend: string;
}

/** Every kind of finding, by the name that the code uses; docs/commands/attach.md lists them. */
export const LIVE_FINDINGS = {
  targetDown: {
    id: 'live/target-down',
    level: 'error',
    why: 'Nothing is known of it while it cannot be scraped, and alerts on its metrics stay silent.',
    mend: 'Look at the error that Prometheus saw: the address, the network, or the program itself.',
  },
  ruleUnhealthy: {
    id: 'live/rule-unhealthy',
    level: 'error',
    why: 'A rule that cannot be evaluated never fires and records nothing.',
    mend: "Correct the expression; the error is the engine's own.",
  },
  ruleNotLoaded: {
    id: 'live/rule-not-loaded',
    level: 'error',
    why: 'The file has a rule that the running Prometheus does not: nobody is told by it.',
    mend: 'Load the file (`rule_files`), or reload Prometheus.',
  },
  ruleDiffers: {
    id: 'live/rule-differs',
    level: 'error',
    why: 'What runs is not what was reviewed.',
    mend: 'Reload Prometheus, or bring the file up to date.',
  },
  ruleUnknown: {
    id: 'live/rule-unknown',
    level: 'warning',
    why: 'The running Prometheus has a rule that no file of the folder holds.',
    mend: 'Add it to the files, or take it out of the running configuration.',
  },
  noAlertmanager: {
    id: 'live/no-alertmanager',
    level: 'error',
    why: 'Alerts fire, and nobody hears of them.',
    mend: 'Name the Alertmanager under `alerting` in prometheus.yml, and see that it can be reached.',
  },
  alertToNobody: {
    id: 'live/alert-to-nobody',
    level: 'error',
    why: 'Alertmanager takes the alert and tells nobody.',
    mend: 'Give the receiver something to send to, or route the alert to another one.',
  },
  metricUnknown: {
    id: 'live/metric-unknown',
    level: 'warning',
    why: 'No series has this name today, so the rule cannot see what it is there for.',
    mend: 'Correct the name, or see why nobody exports it.',
  },
  selectorEmpty: {
    id: 'live/selector-empty',
    level: 'advice',
    why: 'Series of this name are there, and none with these labels. That is as it should be for what seldom happens.',
    mend: 'Compare the labels with those of the series that are there.',
  },
  panelNoData: {
    id: 'live/panel-no-data',
    level: 'warning',
    why: 'Who opens the dashboard sees an empty panel.',
    mend: 'Compare the query with the series that are there.',
  },
  panelFails: {
    id: 'live/panel-fails',
    level: 'error',
    why: 'Who opens the dashboard sees an error.',
    mend: "Correct the query; the error is the engine's own.",
  },
  metricMissing: {
    id: 'live/metric-missing',
    level: 'error',
    why: 'The contract promises this metric of this job, and it has no series.',
    mend: 'See why the service does not export it, or take it out of the contract.',
  },
  metricForeign: {
    id: 'live/metric-foreign',
    level: 'error',
    why: 'A job exports a metric that belongs to another: sums count it too.',
    mend: 'Take it out of the service that does not own it.',
  },
  tooManySeries: {
    id: 'live/too-many-series',
    level: 'error',
    why: 'More series than the contract allows: a label takes values without bound.',
    mend: 'Look at which label grows, and take it out or bound its values.',
  },
  alertFlapped: {
    id: 'live/alert-flapped',
    level: 'advice',
    why: 'It came and went too often for anybody to act on it.',
    mend: 'A longer `for`, a `keep_firing_for`, or a wider window.',
  },
  alertFired: {
    id: 'live/alert-fired',
    level: 'advice',
    why: 'With the rule as it is, somebody would have been told this often.',
    mend: 'Nothing, if each was worth it.',
  },
} as const satisfies Record<string, LiveRuleInfo>;

/** A finding with the texts of its kind. */
export function live(
  kind: keyof typeof LIVE_FINDINGS,
  about: Pick<LiveFinding, 'subject' | 'where' | 'title'>,
): LiveFinding {
  const { id, level, why, mend } = LIVE_FINDINGS[kind];
  return { id, level, ...about, why, mend };
}

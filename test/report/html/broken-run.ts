import type { Evidence } from '../../../src/model/evidence.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { CheckFinding } from '../../../src/model/check.ts';
import type { HtmlInput, Assets } from '../../../src/report/html/index.ts';
import { T0 } from '../../support/perfect.ts';
import { END_NOT_TOLD } from '../samples.ts';
import { inputOf, wholeRun } from './input.ts';

const BROKEN = 'HighErrorRate';
/** Share of the way to a new level that the expression goes from one evaluation to the next. */
const STEP = 0.35;

const IN_FILES: CheckFinding = {
  ...END_NOT_TOLD,
  level: 'error',
  file: 'alertmanager/with/a/path/that/is/longer/than/a/phone/is/wide/alertmanager.yml',
};

/**
 * A run in which one alert's limit is 0.09 where 0.05 is promised: it is never pending, nobody is
 * told, and the expression's curve shows why.
 */
export function brokenRun(assets?: Assets): HtmlInput {
  const { plan, evidence } = wholeRun();
  const rule = plan.rules[BROKEN];
  if (!rule) throw new Error(`the sample plan has no ${BROKEN}`);
  rule.expr = 'sum(rate(errors_total[5m])) / sum(rate(requests_total[5m])) > 0.09';
  return {
    ...inputOf({ plan, evidence: neverActive(plan, evidence) }, undefined, assets),
    files: [IN_FILES],
  };
}

/** The same evidence, but for the states and messages of the broken alert, and with its curve. */
function neverActive(plan: Plan, evidence: Evidence): Evidence {
  const isOther = ({ labels }: { labels: Record<string, string> }): boolean =>
    labels['alertname'] !== BROKEN;
  return {
    ...evidence,
    series: evidence.series.filter(isOther),
    notifications: evidence.notifications.filter(({ alerts }) => alerts.every(isOther)),
    deliveries: evidence.deliveries.filter(({ text }) => !text.includes(BROKEN)),
    expressions: { [BROKEN]: [{ labels: { job: 'backend' }, samples: curve(plan) }] },
  };
}

/** What the expression is at each evaluation: it follows the levels of the alert's own track. */
function curve(plan: Plan): [number, number][] {
  const track = plan.tracks.find(({ id }) => id === BROKEN);
  const evaluationMs = plan.alerts.find(({ alert }) => alert === BROKEN)?.timing.evaluationMs ?? 0;
  let value = 0;
  return Array.from({ length: Math.floor(plan.lengthMs / evaluationMs) }, (_, i) => {
    const atMs = i * evaluationMs;
    const level = track?.steps.findLast(({ startMs }) => startMs <= atMs)?.level ?? 0;
    value += (level - value) * STEP;
    return [T0 + atMs, value];
  });
}

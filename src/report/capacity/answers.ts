import { loadText } from '../../lib/amounts.ts';
import type { AlertingUnderLoad, DimensionResult } from '../../model/capacity.ts';
import type { StepRecord } from '../../model/capacity-step.ts';
import { wrap } from '../text.ts';
import type { Colors } from '../text.ts';
import { MARKS, markedLine } from './marks.ts';
import { saturationText, shareText } from './saturation-text.ts';
import { whyText } from './step-line.ts';

/** What a dimension's search has found, in sentences. */
export function answersText(result: DimensionResult, c: Colors, width: number): string {
  const { dimension, saturationPoint, culprit, firstAlert, blindAlert, alerting } = result;
  const lowest = firstToBreak(result);
  const lines = (text: string): string[] => wrap(text, width);
  return [
    ...lines(saturationText(saturationPoint, dimension.unit)).map((text) => c.bold(text)),
    ...(firstAlert
      ? lines(`${firstAlert.alert} would fire at ${loadText(firstAlert.load)} ${dimension.unit}.`)
      : []),
    ...(blindAlert ? lines(`${blindAlert.text}.`).map((text) => c.yellow(text)) : []),
    ...(lowest
      ? lines(
          `First to break, at ${loadText(lowest.measurement.load)}: ${whyText(lowest.verdict)}.`,
        )
      : []),
    ...(culprit ? lines(`What gave out: ${culprit.text}.`) : []),
    ...alerting.map((under) => alertingText(under, result, c, width)),
  ].join('\n');
}

/** The step with the lowest load over the saturation point that didn't hold. */
function firstToBreak({ saturationPoint, steps }: DimensionResult): StepRecord | undefined {
  const above = saturationPoint.kind === 'inconclusive' ? 0 : saturationPoint.load;
  return steps
    .filter(({ verdict, measurement }) => verdict.outcome === 'breaks' && measurement.load > above)
    .sort((a, b) => a.measurement.load - b.measurement.load)[0];
}

function alertingText(
  { shareOfSaturation, load, mustWork, outcome, detail, alerts }: AlertingUnderLoad,
  { saturationPoint, dimension }: DimensionResult,
  c: Colors,
  width: number,
): string {
  const share = shareText(saturationPoint, shareOfSaturation);
  const head = `alerting at ${share} (${loadText(load)} ${dimension.unit}): ${detail}`;
  return [
    markedLine(mustWork || outcome === 'pass' ? outcome : 'inconclusive', head, c, width),
    ...alerts.map(toldText),
  ].join('\n');
}

function toldText(alert: AlertingUnderLoad['alerts'][number]): string {
  const { deliveredMs, promisedMs, detail } = alert;
  const head = `    ${MARKS[alert.outcome]} ${alert.alert}: `;
  if (deliveredMs === null) return head + detail;
  const told = `told after ${hundredths(deliveredMs)}, promised ${hundredths(promisedMs)}`;
  return head + told + (detail === '' ? '' : `; ${detail}`);
}

/** A duration in seconds, to a hundredth. */
function hundredths(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

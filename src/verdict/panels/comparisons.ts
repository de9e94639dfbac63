import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import { panelContext } from './context.ts';
import { Known } from './known.ts';
import { compareSeries } from './compare-series.ts';

/**
 * What the truth allowed a panel's curve to show: [from, to, least, greatest], epoch ms and the
 * panel's own unit.
 */
export type AllowedRange = [fromMs: number, toMs: number, low: number, high: number];

/**
 * The truth of the load beside each panel: by `<panel id> <refId>`, for each series of the answer
 * in its order. A query that shows nothing known from outside, and a run without T0 or with an
 * interruption, has none.
 */
export function comparisonsOf(plan: Plan, evidence: Evidence): Record<string, AllowedRange[][]> {
  const { t0 } = evidence;
  if (t0 === null || evidence.interruption) return {};
  const known = new Known(plan, evidence, t0);
  const entries = plan.panels.flatMap((panel) =>
    panelContext(plan, evidence, panel).answered.flatMap(
      (answered): [string, AllowedRange[][]][] => {
        const { shows, refId } = answered.query;
        if (shows === null) return [];
        return [
          [
            `${panel.id} ${refId}`,
            answered.series.map((series) =>
              compareSeries(series, answered, shows, known).map(
                ({ at, untilMs, bounds: [low, high] }) => [at, untilMs, low, high],
              ),
            ),
          ],
        ];
      },
    ),
  );
  return Object.fromEntries(entries);
}

import { withUnit } from '../lib/amounts.ts';
import type { SaturationPoint } from '../model/saturation.ts';
import type { StepRecord } from '../model/capacity-step.ts';
import { rounded } from './search.ts';

const MUST_WORK = 0.9;
/** Where they must work, and where it is told what happens. */
const SHARES = [
  { shareOfSaturation: MUST_WORK, mustWork: true },
  { shareOfSaturation: 1.2, mustWork: false },
];
/**
 * What the whole stack needs beside the load, sped up as alerts are provoked under it. It uses 0.55
 * cores on average (docs/capacity.md) and more at each evaluation: an open load that finds no core
 * then makes a queue.
 */
export const STACK_CORES = 1;

/** A load under which alerts are provoked. */
export interface AlertingLoad {
  load: number;
  shareOfSaturation: number;
  mustWork: boolean;
  /** Why it is this load, where it isn't simply a share of the saturation point; else empty. */
  why: string;
}

/**
 * The loads under which alerts are provoked: 90% and 120% of the saturation point. Where the
 * generator was what gave out, the saturation point is beyond what can be sent at all, and beside
 * the whole stack less can be: then it is the highest load that leaves the stack its share of the
 * machine. None when nothing held, or nothing leaves that much.
 * @param cores of the machine, which generator and subject share
 */
export function alertingLoads(
  saturationPoint: SaturationPoint,
  steps: StepRecord[],
  cores: number,
): AlertingLoad[] {
  if (saturationPoint.kind === 'inconclusive' || saturationPoint.load <= 0) return [];
  const shares = SHARES.map((share) => ({
    ...share,
    load: rounded(saturationPoint.load * share.shareOfSaturation),
    why: '',
  }));
  if (saturationPoint.kind === 'found' || saturationPoint.limitedBy === 'max') return shares;
  const load = Math.min(
    rounded(saturationPoint.load * MUST_WORK),
    roomy(steps, 1 - STACK_CORES / cores),
  );
  if (load <= 0) return [];
  return [
    {
      load,
      shareOfSaturation: load / saturationPoint.load,
      mustWork: true,
      why: `the most that can be sent from here while the stack needs ${withUnit(STACK_CORES, 'cores')} besides`,
    },
  ];
}

/**
 * The highest load whose steps held with at most this share of the machine's CPU in use; between
 * two loads, in proportion.
 */
function roomy(steps: StepRecord[], most: number): number {
  const held = steps
    .flatMap(({ verdict, measurement: { load, figures } }) =>
      verdict.outcome === 'holds' && figures.machineCpuShare !== undefined
        ? [{ load, cpu: figures.machineCpuShare }]
        : [],
    )
    .sort((a, b) => a.load - b.load);
  const next = held.findIndex(({ cpu }) => cpu > most);
  const [below, above] = next === -1 ? [held.at(-1), undefined] : [held[next - 1], held[next]];
  if (!below) return 0;
  if (!above || above.cpu <= below.cpu) return below.load;
  return rounded(
    below.load + ((above.load - below.load) * (most - below.cpu)) / (above.cpu - below.cpu),
  );
}

import { runK6Step } from '../../k6/step.ts';
import type { K6Options } from '../../k6/step.ts';
import type { CapacityAccount, CapacityLoad } from '../../model/capacity-load.ts';
import type { Dimension } from '../../model/dimension.ts';
import type { UseMeter, Watched } from './use-meter.ts';

/** What k6 counted, and who used the machine in the measured part. */
export interface MeasuredLoad {
  account: CapacityAccount;
  use: ReturnType<UseMeter['end']>;
}

/**
 * Runs k6 once, and measures who uses the machine in its measured part.
 * @param look called at both ends of the measured part, after the meter
 * @throws HarnessError when k6 failed; the signal's reason when aborted
 */
export async function runMeasured(
  load: CapacityLoad,
  k6: Omit<K6Options, 'onMeasured'>,
  meter: UseMeter,
  look: (moment: 'begin' | 'end') => Promise<void> | void = () => undefined,
): Promise<MeasuredLoad> {
  let use: MeasuredLoad['use'] = { figures: {}, processes: [] };
  const { account } = await runK6Step(load, {
    ...k6,
    onMeasured: async (moment) => {
      if (moment === 'begin') meter.begin();
      else use = meter.end();
      await look(moment);
    },
  });
  return { account, use };
}

/** Who makes the load, as the meter watches it. @param k6 its process, once it was started */
export function loadMakers(k6: number | undefined): Watched[] {
  const harness: Watched = {
    name: 'the harness',
    pid: process.pid,
    role: 'harness',
    oneLoop: false,
  };
  return k6 === undefined
    ? [harness]
    : [harness, { name: 'k6', pid: k6, role: 'generator', oneLoop: false }];
}

/** The longest that an answer may take by the dimension's limits, seconds; at least 1. */
export function slowestAnswerSeconds({ limits }: Dimension): number {
  const latencies = limits.filter(({ figure }) => figure.startsWith('latency'));
  return Math.max(1, ...latencies.map(({ value }) => value));
}

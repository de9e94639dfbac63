import { loadMakers } from '../../measure/measured-load.ts';
import { UseMeter } from '../../measure/use-meter.ts';
import type { DriverPlace } from '../driver.ts';
import { EXPORTERS } from './exporters-client.ts';
import { PROMETHEUS } from './prometheus.ts';

/**
 * Who is watched while the monitoring itself is under load: Prometheus is the subject, whoever
 * makes the load the generator.
 */
export function monitoringMeter(
  { runtime }: Pick<DriverPlace, 'runtime'>,
  generator: () => number | undefined = () => undefined,
): UseMeter {
  return new UseMeter({
    allOwn: true,
    watched: () => [
      ...loadMakers(generator()),
      ...runtime.processes().map(({ name, pid }) => ({
        name,
        pid,
        role: name === PROMETHEUS ? ('subject' as const) : ('generator' as const),
        oneLoop: name === EXPORTERS,
      })),
    ],
  });
}

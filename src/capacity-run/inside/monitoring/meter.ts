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
    watched: () => {
      const k6 = generator();
      return [
        { name: 'the harness', pid: process.pid, role: 'harness' as const, oneLoop: false },
        ...(k6 === undefined
          ? []
          : [{ name: 'k6', pid: k6, role: 'generator' as const, oneLoop: false }]),
        ...runtime.processes().map(({ name, pid }) => ({
          name,
          pid,
          role: name === PROMETHEUS ? ('subject' as const) : ('generator' as const),
          oneLoop: name === EXPORTERS,
        })),
      ];
    },
  });
}

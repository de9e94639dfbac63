import { NAMESPACE } from '../../model/project-name.ts';

/**
 * How often RabbitMQ counts its queues (`collect_statistics_interval`), real-time ms; divided by
 * the speed like every other interval.
 */
export const QUEUE_STATISTICS_MS = 5_000;
/** More often than this RabbitMQ's counting costs more than it tells, ms. */
const LEAST_STATISTICS_MS = 50;
/** Of Erlang's distribution: 20,000 above that of AMQP (rabbitmq.com/docs/networking). */
export const DISTRIBUTION_PORT = 25_672;
/** What lets the run's clients call functions of RabbitMQ's; its network is the run's alone. */
export const ERLANG_COOKIE = NAMESPACE;
/**
 * RabbitMQ's idle schedulers sleep instead of spinning: the cores are shared with everything else.
 */
export const ERLANG_FLAGS = '+sbwt none +sbwtdcpu none +sbwtdio none';

/** What RabbitMQ is configured with for a run at this speed, beside what production has. */
export function rabbitmqSettings(speed: number): string {
  return [
    '# Else it reads /proc/<pid>, which a container may mask.',
    'vm_memory_calculation_strategy = allocated',
    `collect_statistics_interval = ${Math.max(LEAST_STATISTICS_MS, Math.round(QUEUE_STATISTICS_MS / speed))}`,
    'log.console = true',
    'log.console.level = warning',
    '',
  ].join('\n');
}

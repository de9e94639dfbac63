import type { Actor } from '../actor.ts';
import { Truth } from '../truth.ts';
import { ALARMS } from './alarm-metrics.ts';
import { callErlang } from './erlang-node.ts';
import type { Call } from './erlang-node.ts';
import { atom, float, integer, tuple } from './erlang-terms.ts';
import { DISTRIBUTION_PORT } from './settings.ts';
import { onceStarted } from './starting.ts';

/** More than any disk has free, bytes. */
const NEVER_FREE = 1e15;
/** RabbitMQ's own default, bytes. */
const USUALLY_FREE = 50_000_000;
/** Less than any broker takes, bytes. */
const NO_MEMORY = 1;
/** RabbitMQ's own default: a share of the machine's memory. */
const USUAL_SHARE = 0.4;

/** What raises each of the alarms, and takes it back. */
const LIMITS: Record<(typeof ALARMS)[number], (isPassed: boolean) => Call> = {
  rabbitmq_alarms_free_disk_space_watermark: diskLimit,
  rabbitmq_alarms_memory_used_watermark: memoryLimit,
};

/**
 * Moves RabbitMQ's limits: beyond what it has, it raises an alarm by itself and takes no message of
 * anybody; back, and it takes the alarm back. The level is how many of the two are raised.
 * @param job the broker's job: when it is started again, its limits are the usual ones
 */
export function rabbitmqAlarms(host: string, job: string, cookie: string): Actor {
  const node = { host, port: DISTRIBUTION_PORT, cookie };
  const truths = ALARMS.map((metric) => new Truth(metric, {}, 'level', "RabbitMQ's limits"));
  let now = 0;
  const set = async (level: number): Promise<void> => {
    now = level;
    for (const [i, metric] of ALARMS.entries()) {
      const from = Date.now();
      const call = LIMITS[metric](level > i);
      await onceStarted(`RabbitMQ at ${host} takes its limits`, () => callErlang(node, call));
      truths[i]?.changed(from, Date.now() + AFTER_MS, Number(level > i));
    }
  };
  return { job, truths, set, again: () => set(now) };
}

/** What is raised is told to the broker's other parts a moment later, ms. */
const AFTER_MS = 50;

function diskLimit(isPassed: boolean): Call {
  const bytes = integer(isPassed ? NEVER_FREE : USUALLY_FREE);
  return { module: 'rabbit_disk_monitor', name: 'set_disk_free_limit', args: [bytes] };
}

function memoryLimit(isPassed: boolean): Call {
  const limit = isPassed ? tuple(atom('absolute'), integer(NO_MEMORY)) : float(USUAL_SHARE);
  return { module: 'vm_memory_monitor', name: 'set_vm_memory_high_watermark', args: [limit] };
}

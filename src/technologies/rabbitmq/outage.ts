import type { Outage } from '../actor.ts';
import { callErlang } from './erlang-node.ts';
import type { Call } from './erlang-node.ts';
import { atom, list } from './erlang-terms.ts';
import { DISTRIBUTION_PORT } from './settings.ts';

/** Of either call, at most, ms: on a busy machine, with room. */
const WITHIN_MS = 30_000;
const STOP: Call = { module: 'rabbit', name: 'stop', args: [] };
const START: Call = { module: 'rabbit', name: 'start', args: [] };
/**
 * Who counts for its web page. When RabbitMQ stops it asks for what has stopped already, and waits
 * 5 s for an answer (seen with 3.10.8).
 */
const NO_COUNTING: Call = {
  module: 'gen_event',
  name: 'delete_handler',
  args: [atom('rabbit_event'), atom('rabbit_mgmt_db_handler'), list()],
};

/**
 * Stops RabbitMQ with all of its plugins in its Erlang node, and starts it there again: what
 * `rabbitmqctl stop_app` and `start_app` do. Nobody is listened to meanwhile, and metrics are gone
 * as they are when the process ends; but a start of the process takes 2.4 s of a core, most of it
 * for loading code, and this one 0.3 s.
 * @param job the broker's job
 */
export function rabbitmqOutage(host: string, job: string, cookie: string): Outage {
  const node = { host, port: DISTRIBUTION_PORT, cookie };
  return {
    job,
    stop: async () => {
      // Where there is none, the stop only takes longer.
      await callErlang(node, NO_COUNTING).catch(() => undefined);
      await callErlang(node, STOP, WITHIN_MS);
    },
    start: () => callErlang(node, START, WITHIN_MS),
  };
}

import { QUEUE_STATISTICS_MS } from '../../model/world.ts';
import { MANY_ACTS_MS } from '../response.ts';
import type { Technology } from '../technology.ts';

/** RabbitMQ, which exports its own metrics. */
export const rabbitmq: Technology = {
  name: 'rabbitmq',
  components: [{ name: 'rabbitmq', startMs: 15_000 }],
  stimuli: [
    {
      kind: 'queued-messages',
      meaning: 'messages that wait',
      level: { min: 0, max: 10_000, integer: true, idle: 10 },
      signal: () => 'queued-messages',
      occupies: () => [{ component: 'rabbitmq', part: 'queues' }],
      responseMs: (speed) => MANY_ACTS_MS + QUEUE_STATISTICS_MS / speed,
      recipe: {
        follows: 'at-once',
        series: [{ metric: 'rabbitmq_queue_messages', at: (n) => n }],
      },
    },
  ],
  day: ({ busy }) => ({ 'queued-messages': Math.round(5 + 120 * busy) }),
};

import { splitTarget } from '../../lib/target.ts';
import { QUEUE_STATISTICS_MS } from '../../model/world.ts';
import type { RunningTechnology } from '../running.ts';
import { rabbitmq } from './broker.ts';
import { rabbitmqClient } from './client.ts';

export const running: RunningTechnology = {
  processes: { rabbitmq },
  acting: ({ jobs: [job], plan, disposal, logins }) =>
    Promise.resolve(
      job
        ? {
            actors: {
              'queued-messages': disposal.use(
                rabbitmqClient(
                  splitTarget(job.target).host,
                  job.name,
                  QUEUE_STATISTICS_MS / plan.speed,
                  logins['rabbitmq'],
                ),
              ),
            },
          }
        : {},
    ),
};

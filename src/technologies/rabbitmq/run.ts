import { splitTarget } from '../../lib/target.ts';
import { ERLANG_COOKIE, QUEUE_STATISTICS_MS } from './settings.ts';
import type { RunningTechnology } from '../running.ts';
import { rabbitmqAlarms } from './alarms.ts';
import { rabbitmq } from './broker.ts';
import { rabbitmqClient } from './client.ts';

export const running: RunningTechnology = {
  processes: { rabbitmq },
  acting: ({ jobs: [job], plan, logins }) =>
    Promise.resolve(
      job
        ? {
            actors: {
              'queued-messages': rabbitmqClient(
                splitTarget(job.target).host,
                job.name,
                QUEUE_STATISTICS_MS / plan.speed,
                logins['rabbitmq'],
              ),
              'rabbitmq-alarms': rabbitmqAlarms(
                splitTarget(job.target).host,
                job.name,
                ERLANG_COOKIE,
              ),
            },
          }
        : {},
    ),
};

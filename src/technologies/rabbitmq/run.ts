import { splitTarget } from '../../lib/target.ts';
import { ERLANG_COOKIE, QUEUE_STATISTICS_MS } from './settings.ts';
import type { RunningTechnology } from '../running.ts';
import { rabbitmqAlarms } from './alarms.ts';
import { rabbitmq } from './broker.ts';
import { rabbitmqOutage } from './outage.ts';

export const running: RunningTechnology = {
  processes: { rabbitmq },
  acting: async ({ jobs: [job], plan, logins }) => {
    if (!job) return {};
    // Loaded when it is needed: what a run begins with needn't wait for it.
    const { rabbitmqClient } = await import('./client.ts');
    const { host } = splitTarget(job.target);
    const statisticsMs = QUEUE_STATISTICS_MS / plan.speed;
    return {
      actors: {
        'queued-messages': rabbitmqClient(host, job.name, statisticsMs, logins['rabbitmq']),
        'rabbitmq-alarms': rabbitmqAlarms(host, job.name, ERLANG_COOKIE),
      },
      outages: [rabbitmqOutage(host, job.name, ERLANG_COOKIE)],
    };
  },
};

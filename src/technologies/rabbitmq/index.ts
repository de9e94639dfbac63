import { groundTruth } from './ground-truth.ts';
import { RABBITMQ_USER } from '../../model/world.ts';
import { ERLANG_COOKIE, ERLANG_FLAGS, QUEUE_STATISTICS_MS, rabbitmqSettings } from './settings.ts';
import { MANY_ACTS_MS } from '../response.ts';
import { ALARMS } from './alarm-metrics.ts';
import type { Technology } from '../technology.ts';
import { images } from './images.ts';

/** RabbitMQ, which exports its own metrics. */
export const rabbitmq: Technology = {
  name: 'rabbitmq',
  forAnyStack: 'rabbitmq',
  components: [{ name: 'rabbitmq', startMs: 3_000 }],
  packages: {
    fromSystem: ['rabbitmq-server'],
    programs: {
      erlang: [/^lib$/, /^erlang$/, /^erts-.*$/, /^bin$/, /^beam\.smp$/],
      rabbitmq: [
        ...[/^lib$/, /^rabbitmq$/, /^lib$/, /^rabbitmq_server-.*$/],
        ...[/^sbin$/, /^rabbitmq-server$/],
      ],
    },
    versions: { rabbitmq: /^rabbitmq-server$/ },
  },
  images,
  inContainer: {
    rabbitmq: ({ speed }) => ({
      environment: {
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: ERLANG_FLAGS,
        RABBITMQ_ERLANG_COOKIE: ERLANG_COOKIE,
      },
      files: [{ path: '/etc/rabbitmq/conf.d/90-run.conf', text: rabbitmqSettings(speed) }],
    }),
  },
  loginIn: (containers, plan) => {
    const job = plan.jobs.find(({ component }) => component === 'rabbitmq')?.name;
    const broker = containers.find((c) => c.job !== null && c.job === job);
    const login = broker?.secrets.find(({ form }) => form === 'rabbitmq-login');
    return login && { user: RABBITMQ_USER, secret: login.name };
  },
  groundTruth,
  run: () => import('./run.ts'),
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
    {
      kind: 'rabbitmq-alarms',
      meaning: "alarms that RabbitMQ has raised, of 2: its disk's, then its memory's",
      level: { min: 0, max: ALARMS.length, integer: true, idle: 0 },
      signal: () => 'rabbitmq-alarms',
      // While one is raised, nobody's messages are taken.
      occupies: () => [{ component: 'rabbitmq', part: 'queues' }],
      responseMs: () => MANY_ACTS_MS,
      recipe: {
        follows: 'at-once',
        series: ALARMS.map((metric, i) => ({ metric, at: (n) => Math.min(1, Math.max(0, n - i)) })),
      },
    },
  ],
  day: ({ busy }) => ({
    'queued-messages': Math.round(5 + 120 * busy),
    'rabbitmq-alarms': 0,
  }),
};

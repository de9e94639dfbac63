import type { Disposal } from '../../../lib/disposal.ts';
import type { Plan } from '../../../model/plan.ts';
import { CAPACITY_MIB, MAX_CONNECTIONS, QUEUE_STATISTICS_MS } from '../../../model/world.ts';
import { splitTarget } from '../../../lib/target.ts';
import type { ContainerWorld } from '../../events.ts';
import type { SyntheticHost } from '../stimuli/host.ts';
import type { Actor } from './actor.ts';
import { objectsClient } from './objects.ts';
import { postgresClients } from './postgres.ts';
import { rabbitmqClient } from './rabbitmq.ts';
import { redisClient } from './redis.ts';

/** Who acts on the host: it needs nobody to answer. */
export function hostActors(host: SyntheticHost): Record<string, Actor> {
  return {
    'host-cpu': { set: (level) => host.setCpu(level), truths: host.truths },
    'host-memory': { set: (level) => host.setMemory(level), truths: [] },
    'disk-free': { set: (level) => host.setDiskFree(level), truths: [] },
  };
}

/**
 * Clients of everything that the run's stack stands on, by the signal that each follows, at the first level of its signal.
 * The databases, the broker and the storage must answer already.
 * @param logins where a login is needed; processes in the run's own network need none
 */
export async function infrastructureActors(
  plan: Plan,
  disposal: Disposal,
  logins: ContainerWorld['logins'],
): Promise<Record<string, Actor>> {
  const jobOf = (component: string): Plan['jobs'][number] | undefined =>
    plan.jobs.find((job) => job.component === component);
  const own = <T extends Actor & AsyncDisposable>(actor: T): T => disposal.use(actor);
  const [postgres, redis] = await Promise.all([
    jobOf('postgres-exporter') &&
      postgresClients('postgres', MAX_CONNECTIONS, logins.postgres).then(own),
    jobOf('redis-exporter') && redisClient('redis', plan.speed).then(own),
  ]);
  const broker = jobOf('rabbitmq');
  const storage = jobOf('fake/minio');
  const actors: Record<string, Actor> = {
    ...(postgres ? { 'postgres-connections': postgres } : {}),
    ...(redis ? { 'redis-hits': redis } : {}),
    ...(broker
      ? {
          'queued-messages': own(
            rabbitmqClient(
              splitTarget(broker.target).host,
              broker.name,
              QUEUE_STATISTICS_MS / plan.speed,
              logins.rabbitmq,
            ),
          ),
        }
      : {}),
    ...(storage
      ? {
          'stored-objects': objectsClient(
            `http://${storage.target}`,
            storage.name,
            CAPACITY_MIB * 1024 * 1024,
          ),
        }
      : {}),
  };
  await Promise.all(
    Object.entries(actors).map(([signal, actor]) =>
      Promise.resolve(actor.set(plan.signals[signal]?.[0]?.level ?? CALM[signal] ?? 0)),
    ),
  );
  return actors;
}

/** Levels of what no alert of the plan moves. */
const CALM: Record<string, number> = {
  'postgres-connections': 0.2,
  'redis-hits': 0.9,
  'queued-messages': 10,
  'stored-objects': 0.3,
};

import { NAMESPACE } from './project-name.ts';

/** Facts of the run's own world that the plan reckons with and the run makes true. */

/**
 * Longest delay a request of the load is given, ms; response times are values and are not sped up.
 */
export const SLOW_ANSWER_MS = 1_200;
/** Answers that were asked for before a change of the load come within this after it, ms. */
export const SETTLED_MS = SLOW_ANSWER_MS + 100;
/** The synthetic host's data file system: a small real one, which really fills up. */
export const DISK_BYTES = 32 * 1024 * 1024;
/** Where it is mounted. */
export const DISK_MOUNT = `/var/lib/${NAMESPACE}`;
/** A pseudo file system that is full, over which nobody may be woken. */
export const DECOY_BYTES = 64 * 1024;
/** Who the run's clients are to RabbitMQ in a container. */
export const RABBITMQ_USER = NAMESPACE;

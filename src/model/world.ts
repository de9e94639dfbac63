/** Facts of the run's own world that the plan reckons with and the run makes true. */

/** What PostgreSQL is started with. */
export const MAX_CONNECTIONS = 50;
/** How often RabbitMQ counts its queues (`collect_statistics_interval`), real-time ms; divided by the speed like every other interval. */
export const QUEUE_STATISTICS_MS = 5_000;
/** A component is frozen this much earlier than it would have to be for one evaluation to see it, run ms: a process on a busy machine doesn't stop at once. */
export const FREEZE_MARGIN_MS = 100;
/** Capacity of the stand-in for object storage. */
export const CAPACITY_MIB = 16;

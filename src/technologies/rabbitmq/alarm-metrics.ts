/**
 * A broker's alarms in which it takes no message of anybody, in the order in which the harness
 * raises them. Up to 3.13 there is a third, of file handles, in which it takes no more connections:
 * current releases have no such limit of their own.
 */
export const ALARMS = [
  'rabbitmq_alarms_free_disk_space_watermark',
  'rabbitmq_alarms_memory_used_watermark',
] as const;

import { level } from '../ground-truth.ts';
import type { GroundTruth } from '../ground-truth.ts';

export const groundTruth: GroundTruth[] = [
  level(
    'rabbitmq.disk_alarm',
    'rabbitmq_alarms_free_disk_space_watermark',
    '1 while RabbitMQ has less room on its disk than its limit, else 0',
  ),
  level(
    'rabbitmq.memory_alarm',
    'rabbitmq_alarms_memory_used_watermark',
    '1 while RabbitMQ takes more memory than its limit, else 0',
  ),
  level(
    'rabbitmq.messages',
    'rabbitmq_queue_messages',
    'messages that were published and not yet consumed by the AMQP client',
  ),
];

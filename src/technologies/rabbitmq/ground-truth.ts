import { level } from '../ground-truth.ts';
import type { GroundTruth } from '../ground-truth.ts';

export const groundTruth: GroundTruth[] = [
  level(
    'rabbitmq.messages',
    'rabbitmq_queue_messages',
    'messages that were published and not yet consumed by the AMQP client',
  ),
];

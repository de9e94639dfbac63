import { alertmanagerRun } from './alertmanager/run.ts';
import { gtVisionRun } from './gt-vision/run.ts';
import { hostRun } from './host/run.ts';
import { mediamtxRun } from './mediamtx/run.ts';
import { objectStorageRun } from './object-storage/run.ts';
import { postgresRun } from './postgres/run.ts';
import { prometheusRun } from './prometheus/run.ts';
import { rabbitmqRun } from './rabbitmq/run.ts';
import { redisRun } from './redis/run.ts';
import type { RunningTechnology } from './running.ts';

/** What runs and acts, of every technology that has something to run. */
export const RUNNING: RunningTechnology[] = [
  hostRun,
  gtVisionRun,
  postgresRun,
  redisRun,
  rabbitmqRun,
  objectStorageRun,
  mediamtxRun,
  prometheusRun,
  alertmanagerRun,
];

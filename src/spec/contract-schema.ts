import { z } from 'zod';
import { messageOf } from '../lib/errors.ts';
import type { StimulusKind } from '../model/contract.ts';
import { QUANTITIES as quantities } from '../model/quantities.ts';
import { duration, interval, name, openMap, target, texts } from './schema.ts';

const stimulusKinds = ['host-cpu', 'host-memory', 'disk-free', 'request-errors', 'request-latency', 'streams', 'cameras-offline', 'recording-errors', 'postgres-connections', 'redis-hits', 'queued-messages', 'stored-objects', 'outage', 'always'] as const satisfies StimulusKind[];
/** What the runtime can start behind a target. */
const componentNames = ['fake/backend', 'fake/streaming', 'fake/ai', 'fake/mediamtx', 'fake/minio', 'node-exporter', 'postgres-exporter', 'redis-exporter', 'rabbitmq', 'prometheus', 'alertmanager'] as const;

const pattern = z.string().superRefine((text, context) => {
  try {
    new RegExp(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `a regular expression (${messageOf(error)})` });
  }
});

/** The schemas of contract.yaml; unknown keys are refused everywhere. */
export const contractShape = {
  file: z.strictObject({ version: z.literal(1), jobs: openMap, receivers: openMap, metrics: openMap, alerts: openMap, dashboards: openMap.optional() }),
  dashboard: openMap,
  panel: z.strictObject({ unit: name, shows: z.union([z.enum(quantities), z.record(z.string(), z.enum(quantities))]).optional(), unproved: name.optional(), empty: name.optional() }),
  job: z.strictObject({ target, component: z.enum(componentNames), follower: name.optional(), told_by_silence: name.optional() }),
  metric: z.strictObject({ type: z.enum(['counter', 'gauge', 'histogram']), jobs: z.array(name).min(1), labels: z.array(name).default([]), series: z.number().int().min(1).max(1_000_000).default(1) }),
  receiver: z.strictObject({ kind: z.enum(['slack', 'email', 'webhook']), to: name.optional() }),
  alert: z.strictObject({
    severity: z.enum(['critical', 'warning', 'none']),
    for: duration,
    every: interval,
    window: duration,
    labels: texts.default({}),
    receivers: z.array(name).min(1),
    stimulus: z.strictObject({ kind: z.enum(stimulusKinds), service: z.enum(['backend', 'streaming', 'ai']).optional(), near: z.number().optional(), over: z.number().optional(), calm: z.number().optional() }),
    says: z.array(pattern).default([]),
  }),
};

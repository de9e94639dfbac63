import { z } from 'zod';
import type { Contract } from '../model/contract.ts';
import { duration } from './schema.ts';
import type { YamlSource } from './yaml-source.ts';

const STIMULI = ['host-cpu', 'host-memory', 'disk-free', 'request-errors', 'request-latency', 'streams', 'cameras-offline', 'recording-errors', 'outage', 'always'] as const;
const COMPONENTS = ['fake/backend', 'fake/streaming', 'fake/ai', 'fake/mediamtx', 'fake/minio', 'node-exporter', 'postgres-exporter', 'redis-exporter', 'rabbitmq', 'prometheus', 'alertmanager'] as const;

const pattern = z.string().refine(isPattern, 'a regular expression that can be compiled');
const target = z.string().regex(/^[\w.-]+:\d{1,5}$/, 'host:port');
const labels = z.record(z.string(), z.string());

const job = z.strictObject({ target, component: z.enum(COMPONENTS), follower: z.string().optional(), told_by_silence: z.string().min(1).optional() });
const metric = z.strictObject({ type: z.enum(['counter', 'gauge', 'histogram']), jobs: z.array(z.string()).min(1), labels: z.array(z.string()).default([]) });
const receiver = z.strictObject({ kind: z.enum(['slack', 'email', 'webhook']), to: z.string().optional() });
const stimulus = z.strictObject({ kind: z.enum(STIMULI), service: z.enum(['backend', 'streaming', 'ai']).optional(), near: z.number().optional(), over: z.number().optional(), calm: z.number().optional() });
const alert = z.strictObject({
  severity: z.enum(['critical', 'warning', 'none']),
  for: duration,
  every: duration.refine((ms) => ms > 0, 'an interval longer than 0'),
  window: duration,
  labels: labels.default({}),
  receivers: z.array(z.string()).min(1),
  stimulus,
  says: z.array(pattern).default([]),
});

/** The schema of `contract.yaml`. Unknown keys are refused. */
export const contractSchema = z.strictObject({
  version: z.literal(1),
  jobs: z.record(z.string(), job),
  receivers: z.record(z.string(), receiver),
  metrics: z.record(z.string(), metric),
  alerts: z.record(z.string(), alert),
});

/** Parses and normalises a contract. What is wrong is added to the source's problems; then the result is undefined. */
export function readContract(source: YamlSource): Contract | undefined {
  const raw = source.parse(contractSchema);
  if (!raw) return undefined;
  const named = <T, U>(section: string, entries: Record<string, T>, make: (value: T) => U): (U & { name: string; source: ReturnType<YamlSource['at']> })[] =>
    Object.entries(entries).map(([name, value]) => ({ ...make(value), name, source: source.at([section, name], true) }));
  return {
    version: 1,
    file: source.file,
    jobs: named('jobs', raw.jobs, (j) => ({ target: j.target, component: j.component, ...(j.follower === undefined ? {} : { follower: j.follower }), ...(j.told_by_silence === undefined ? {} : { toldBySilence: j.told_by_silence }) })),
    receivers: named('receivers', raw.receivers, (r) => ({ kind: r.kind, ...(r.to === undefined ? {} : { to: r.to }) })),
    metrics: named('metrics', raw.metrics, (m) => m),
    alerts: named('alerts', raw.alerts, (a) => ({ severity: a.severity, forMs: a.for, everyMs: a.every, windowMs: a.window, labels: a.labels, receivers: a.receivers, says: a.says, stimulus: omitUndefined(a.stimulus) })),
  };
}

function omitUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as never;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

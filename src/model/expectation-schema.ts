import { z } from 'zod';
import { ALERT_KINDS, METRIC_KINDS, PANEL_KINDS } from './expectation.ts';
import type { Expectation } from './expectation.ts';

const text = z.string();

const alert = z
  .strictObject({
    about: z.literal('alert'),
    alert: text.describe("The alert's name."),
    track: text.describe("One instance's life: `TargetDown/api`; of the whole: the name."),
  })
  .describe('An alert, or one instance of it.');
const metric = z
  .strictObject({ about: z.literal('metric'), metric: text, job: text })
  .describe('A metric at a job that exports it.');
const panel = z
  .strictObject({ about: z.literal('panel'), dashboard: text, panel: text })
  .describe('A panel of a dashboard, or what is judged of Grafana itself.');
const run = z
  .strictObject({ about: z.literal('run') })
  .describe('The run itself, when it ended early.');

const phase = z
  .enum(['settle', 'near', 'blip', 'rest', 'breach', 'recovery', 'provoke', 'outage', 'return'])
  .nullable()
  .describe("The phase of the alert's life in which it is measured; null: the whole run.");

/** The form of an expectation in `report.json`; docs/expectations.md explains each kind. */
export const expectationSchema = z
  .union([
    z.strictObject({ kind: z.enum(ALERT_KINDS), subject: alert, phase }),
    z.strictObject({
      kind: z.literal('told'),
      subject: alert,
      phase,
      receiver: z.enum(['slack', 'email', 'webhook']).describe('Who is told.'),
      status: z.enum(['firing', 'resolved']).describe('Of what.'),
    }),
    z.strictObject({ kind: z.enum(METRIC_KINDS), subject: metric, phase }),
    z.strictObject({
      kind: z.literal('equals-truth'),
      subject: metric,
      phase,
      known: text.describe('Who knows the values from outside.'),
    }),
    z.strictObject({ kind: z.enum(PANEL_KINDS), subject: panel, phase }),
    z.strictObject({
      kind: z.literal('shows-truth'),
      subject: panel,
      phase,
      refId: text.nullable().describe("Which of several queries; null: the panel's only one."),
    }),
    z.strictObject({
      kind: z.literal('judged'),
      subject: z.union([alert, metric, panel, run]),
      phase,
    }),
  ])
  .describe('What was expected, of what, and when.');

type Same<A, B> = [A, B] extends [B, A] ? true : never;
// The compiler's check, in both directions, that the schema and the type are one.
true satisfies Same<z.output<typeof expectationSchema>, Expectation>;

import { z } from 'zod';
import { name, texts } from './schema.ts';

const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
  .meta({ title: 'moment' });

/** A text of an integration, some by name (`headers`), or a list of such (`fields`). */
const reading = z.union([
  z.string(),
  z.record(z.string(), z.string()),
  z.array(z.record(z.string(), z.string())),
]);

/** Alerts that are told together, and what people read of them. */
export const message = z.strictObject({
  alerts: z
    .array(
      z.strictObject({
        labels: texts.describe('All of its labels, those of Prometheus included.'),
        annotations: texts.default({}).describe('Its annotations, filled in.'),
        starts: moment.describe('When it began to fire, in UTC.'),
        ends: moment.optional().describe('When it was over; absent: it still fires.'),
      }),
    )
    .min(1)
    .describe('The alerts, in the order in which they are told.'),
  group_by: z
    .array(name)
    .optional()
    .describe('Labels by which they were put together; those of `telling` when absent.'),
  reads: z
    .record(z.string(), z.record(z.string(), reading))
    .describe(
      "What people read, by the receiver's name: texts at the same keys as in its integration, " +
        "such as `{ title: '[FIRING:1] Busy', fields: [{ value: api }] }`.",
    ),
});

/** What a variable at the top of a dashboard offers. */
export const variable = z.strictObject({
  query: name.optional().describe('What its values are asked by.'),
  default: z
    .union([name, z.array(name)])
    .optional()
    .describe('What is chosen when the dashboard is opened, such as `All`.'),
  multi: z.boolean().optional().describe('Whether several values can be chosen at once.'),
  all: name.optional().describe('What is asked for where all are chosen, such as `.+`.'),
});

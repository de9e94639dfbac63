import { z } from 'zod';
import { messageOf } from '../lib/errors.ts';
import { LIMIT } from '../lib/limit.ts';
import { SERVICE_NAMES, STIMULUS_KINDS } from '../technologies/registry.ts';
import { stimulusMeanings, stimulusRules } from './contract-words.ts';
import { duration, interval, name, texts } from './schema.ts';

const pattern = z
  .string()
  .superRefine((text, context) => {
    try {
      new RegExp(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: `a regular expression (${messageOf(error)})` });
    }
  })
  .meta({ format: 'regex', title: 'regular expression' });

const time = duration.meta({ title: 'duration' });

const stimulus = z
  .strictObject({
    kind: z.enum(STIMULUS_KINDS).describe(stimulusMeanings()),
    service: z
      .enum(SERVICE_NAMES)
      .optional()
      .describe(
        'The service whose requests it is about; for `request-errors` and `request-latency` only.',
      ),
    near: z
      .number()
      .optional()
      .describe('A level just on the quiet side of the limit: the alert must stay quiet.'),
    over: z.number().optional().describe('A level just beyond the limit: the alert must fire.'),
    calm: z
      .number()
      .optional()
      .describe('The level when all is well; the recovery goes back to it.'),
  })
  .meta({
    description:
      'What provokes it. `near`, `over` and `calm` are needed by all kinds but `outage` and ' +
      '`always`, which have none; `near` lies between the other two.',
    ...stimulusRules(),
  });

/** How people are told of all alerts, or of one. */
export const telling = z
  .strictObject({
    group_by: z.array(name).optional().describe('What is the same of all that comes together.'),
    group_wait: time.optional().describe('How long is waited for what comes with it.'),
    group_interval: time
      .optional()
      .describe('How soon a change of the group is told, its end too.'),
    repeat_interval: time.optional().describe('How often it is told again while it lasts.'),
  })
  .meta({
    description:
      "How people are told, at every minute of the week, in Alertmanager's terms: held against " +
      "the routes that the alert's labels take.",
  });

/** What an alert promises. */
export const alert = z
  .strictObject({
    severity: z.enum(['critical', 'warning', 'none']).describe('Its label `severity`.'),
    for: time.describe('How long it is pending before it fires.'),
    keep_firing_for: time
      .optional()
      .describe(
        'How long it goes on firing after its cause is gone; the same as in its rule when absent.',
      ),
    every: interval.meta({
      title: 'duration',
      description: 'How often its group is evaluated; longer than 0.',
    }),
    window: time.describe('The widest range in its expression; `0s` for gauges.'),
    labels: texts
      .default({})
      .describe(
        'The labels of the instance that is provoked, such as `{ job: api }`. For an `outage`, ' +
          'job and instance are added.',
      ),
    receivers: z
      .array(name)
      .min(1)
      .describe('The receivers that must be told, by the names under `receivers`.'),
    silenced_by: z
      .array(name)
      .optional()
      .describe(
        'Alerts that hold this one back while they fire for the same target (the same job, and ' +
          'the same instance where this one names one); no other alert may, and none on another ' +
          'target.',
      ),
    telling: telling.optional(),
    limit: z
      .string()
      .regex(LIMIT)
      .optional()
      .describe(
        "Where it turns, to the last digit, in the stimulus's own unit: `> 0.8` is quiet at 0.8, " +
          '`>= 0.8` fires there. Proved in virtual time; `near` and `over` are as close as a run ' +
          'can tell.',
      ),
    expr: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Its rule's expression, as it was agreed upon: another limit, window or selector is told, " +
          'another way to write the same is not.',
      ),
    fires: name
      .optional()
      .describe('When it fires, in plain words: for people, held against nothing.'),
    todo: name
      .optional()
      .describe('What somebody still has to look at, and why: for people, held against nothing.'),
    reads: texts
      .optional()
      .describe(
        'Each of its annotations as people read it just beyond `limit`, exactly; `$job` and ' +
          'other labels are filled in, `$alertname` too. `labels` must be complete then.',
      ),
    stimulus,
    says: z
      .array(pattern)
      .default([])
      .describe(
        'Regular expressions that the notification must match; `$job` and `$instance` stand for the labels.',
      ),
  })
  .describe('An alert, by its name.');

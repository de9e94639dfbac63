import { z } from 'zod';
import { contractShape } from './contract-schema.ts';
import { name } from './schema.ts';

// Severities are whatever the stack has.
const alert = contractShape.alert.partial().extend({ severity: name.optional() });
const panel = contractShape.panel.partial();

/**
 * The parts of a contract that says of some alerts what it wants to say: nothing but the names has
 * to be there. Where several rules or panels have a name, a list has an entry for each.
 */
export const partialShape = {
  file: contractShape.file.partial({ jobs: true, receivers: true, metrics: true, alerts: true }),
  job: contractShape.job.partial(),
  receiver: contractShape.receiver.extend({ kind: name.optional() }),
  metric: contractShape.metric.partial(),
  alert,
  panel,
};

/** The whole file at once, as it is published for editors. */
export const partialSchema = partialShape.file.extend({
  jobs: z.record(z.string(), partialShape.job).optional(),
  receivers: z.record(z.string(), partialShape.receiver).optional(),
  metrics: z.record(z.string(), partialShape.metric).optional(),
  alerts: z.record(z.string(), oneOrMore(alert)).optional(),
  dashboards: z.record(z.string(), z.record(z.string(), oneOrMore(panel))).optional(),
});

function oneOrMore<T extends z.ZodType>(entry: T) {
  return z.union([entry, z.array(entry).min(1)]);
}

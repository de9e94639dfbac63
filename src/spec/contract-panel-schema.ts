import { z } from 'zod';
import { messageOf } from '../lib/errors.ts';
import { readTruth } from '../ground-truth/check.ts';
import { oneOfTwo, truthMeanings, truthPattern } from './contract-words.ts';
import { name } from './schema.ts';

const truth = z
  .string()
  .superRefine((text, context) => {
    try {
      readTruth(text);
    } catch (error) {
      context.addIssue({
        code: 'custom',
        message: `an expression over what is known from outside (${messageOf(error)})`,
      });
    }
  })
  .meta({ title: 'expression', description: truthMeanings(), pattern: truthPattern() });

/** A panel, by its title: what it promises to show. */
export const panel = z
  .strictObject({
    unit: name.describe("Grafana's name of its unit, such as `percent` or `Bps`."),
    queries: z
      .record(z.string(), name)
      .optional()
      .describe('Its queries by refId, as they were agreed upon.'),
    legend: z
      .union([name, z.record(z.string(), name)])
      .optional()
      .describe(
        'What its series are called, such as `{{instance}}`: of all its queries, or by refId.',
      ),
    thresholds: z
      .array(z.number())
      .optional()
      .describe('Values at which its colour changes; `[]`: at none.'),
    data_source: name
      .optional()
      .describe('Who is asked, by the uid or the name by which the panel calls it.'),
    reduces: name
      .optional()
      .describe('Which one value of a series it shows, such as `lastNotNull`.'),
    shows: z
      .union([truth, z.record(z.string(), truth)])
      .optional()
      .describe(
        'What it shows, as an expression over series that are known from outside: one for all of ' +
          'its queries, or a map by refId such as `{ A: host.network_received, B: ' +
          'host.network_sent }`.',
      ),
    unproved: name
      .optional()
      .describe('Instead of `shows`: the reason why nothing from outside can be held against it.'),
    empty: name.optional().describe('The reason why it may be without data.'),
  })
  .meta({
    description: 'A panel, by its title: what it promises to show.',
    ...oneOfTwo('shows', 'unproved'),
  });

import { z } from 'zod';
import { expectationSchema } from './expectation-schema.ts';
import { FINDING_IDS } from './finding.ts';
import type { Judgement } from './verdict.ts';

const outcome = z.enum(['pass', 'fail', 'inconclusive']);
const text = z.string();
const ms = z.number().min(0);
const amount = z.number().int().min(0);

const source = z
  .strictObject({
    file: text.describe("Path relative to the stack's folder."),
    line: z.number().int().min(1).describe('Counts from 1.'),
    column: z.number().int().min(1).describe('Counts from 1.'),
  })
  .describe('The place to mend.');

const finding = z
  .strictObject({
    id: z.enum(FINDING_IDS).describe('The kind of finding; docs/findings.md explains each.'),
    title: text.describe('What is wrong, in one line.'),
    source: source.nullable().describe('The place to mend; null when there is none in the stack.'),
    query: text.nullable().describe("The rule's expression or the panel's query."),
    expected: text.describe('What was expected.'),
    seen: text.describe('What was seen.'),
    likelyCause: text.describe('Why that may be.'),
  })
  .describe('Present unless it passed.');

const verdict = z
  .strictObject({
    expectation: expectationSchema,
    outcome: outcome.describe('`inconclusive`: the machine or the harness may be to blame.'),
    finding: z.exactOptional(finding),
    measured: z.exactOptional(text.describe('What was measured: `4.82 s`.')),
    figure: z.exactOptional(
      z
        .strictObject({
          seconds: z.exactOptional(z.number().describe('A time of the run.')),
          times: z.exactOptional(amount.describe('How often it was seen.')),
        })
        .describe('The figure in it, for machines.'),
    ),
  })
  .describe('The judgement of one expectation.');

/**
 * The form of `report.json`, published as docs/schema/report.schema.json; equal to {@link
 * Judgement} by the check below.
 */
export const judgementSchema = z
  .strictObject({
    schemaVersion: z.literal(3).describe('Counts up when a key changes its meaning or goes.'),
    runId: text.describe("Name of the run's folder."),
    stackName: text.describe("Name of the stack's folder."),
    speed: z.number().min(1).describe('By how much every duration was divided.'),
    outcome: outcome.describe('`pass`: all is proven.'),
    exitCode: z
      .union([z.literal(0), z.literal(1), z.literal(2)])
      .describe('0 all proven, 1 something failed, 2 something or everything could not be judged.'),
    verdicts: z.array(verdict).describe('One for each expectation.'),
    counts: z
      .strictObject({ pass: amount, fail: amount, inconclusive: amount })
      .describe('How many verdicts of each kind.'),
    wallMs: ms.describe('How long the run took, ms.'),
    criticalPathMs: ms.describe("The plan's longest chain of durations, ms."),
    versions: z.record(z.string(), text).describe('Versions of the programs that ran.'),
    interruption: text.nullable().describe('Why the run ended early; null when it did not.'),
    selection: text.nullable().describe('What of the stack was to be proved; null: everything.'),
    files: z
      .strictObject({
        wrong: z
          .number()
          .int()
          .describe('How many things are wrong in files that what was proved depends on.'),
        unchecked: z
          .string()
          .nullable()
          .describe('Why they couldn’t be checked, or not wholly; null: they were.'),
      })
      .nullable()
      .describe('What became of the stack’s files, beside the run; null: nobody has looked.'),
    notJudged: z
      .array(z.strictObject({ what: text, why: text }))
      .describe('What this runtime cannot judge at all, and why.'),
  })
  .describe('The judgement of one run.');

type Same<A, B> = [A, B] extends [B, A] ? true : never;
// The compiler's check, in both directions, that the schema and the type are one.
true satisfies Same<z.output<typeof judgementSchema>, Judgement>;

import { z } from 'zod';
import type { CapacityResult } from './capacity.ts';
import { RESOURCES } from './saturation.ts';
import { FIGURES, FIGURE_NAMES } from './figures.ts';

const text = z.string();
const epochMs = z.number().describe('ms since 1970.');
const ms = z.number().min(0);
const load = z.number().min(0);
const outcome = z.enum(['pass', 'fail', 'inconclusive']);
const bound = z.enum(['at most', 'at least']);

const source = z.strictObject({
  file: text.describe("Path relative to the stack's folder."),
  line: z.number().int().min(1).describe('Counts from 1.'),
  column: z.number().int().min(1).describe('Counts from 1.'),
});
const figures = z
  .partialRecord(z.enum(FIGURE_NAMES), z.number())
  .describe(
    [
      'What was measured; what is absent was not. Shares are 0 to 1.',
      ...FIGURE_NAMES.map(
        (name) => `- \`${name}\` (${FIGURES[name].unit}): ${FIGURES[name].meaning}`,
      ),
    ].join('\n'),
  );

const limit = z
  .strictObject({
    title: text.describe('In words: `p95 of api`.'),
    figure: z.enum(FIGURE_NAMES).describe('The figure that it is about.'),
    part: text.nullable().describe('The part (service) that it is about; null: the whole.'),
    bound: bound.describe('On which side of the value it is kept.'),
    value: z.number().describe("In the figure's unit."),
    alert: text.nullable().describe('The alert that would fire.'),
    source: source.nullable().describe('Where that alert stands.'),
  })
  .describe('A promise about one figure.');

const dimension = z
  .strictObject({
    id: text.describe('The word of the command line.'),
    title: text.describe('In words.'),
    unit: text.describe('Unit of a load.'),
    start: load.describe('First load of the search.'),
    max: load.describe('The search goes no further.'),
    tolerance: z
      .number()
      .min(0)
      .describe('How near the highest load that holds and the lowest that breaks had to come.'),
    speed: z
      .number()
      .min(1)
      .describe(
        'By how much every duration of the stack was divided, and with it every count that lasts.',
      ),
    warmUpMs: ms.describe('How long each load lasts before it is measured, ms.'),
    measuredMs: ms.describe('How long it is measured, ms.'),
    limits: z.array(limit).describe('What each step has to keep.'),
    need: text.nullable().describe('Its key in the contract.'),
  })
  .describe('The direction in which the load grew.');

const processUse = z
  .strictObject({
    name: text.describe('Name of the component.'),
    role: z.enum(['generator', 'subject', 'stack', 'harness']).describe('What it is to the run.'),
    cpuCores: z.number().min(0).describe('Cores that it used.'),
    cpuLimitCores: z.number().min(0).describe('Cores that it can use at most.'),
    memoryBytes: z.number().min(0).describe('Resident memory at the end.'),
    openFiles: z
      .number()
      .nullable()
      .describe('Open file handles at the end; null where the kernel does not tell.'),
    openFilesLimit: z.number().nullable().describe('As many as it may have.'),
  })
  .describe('What a process used in the measured part.');

const troubleKind = z.enum(['refused', 'hung', 'died', 'harness']);
const measurement = z
  .strictObject({
    load,
    startedAt: epochMs,
    warmUpMs: ms,
    measuredMs: ms,
    figures,
    parts: z.record(z.string(), figures).describe('The same by part (by service).'),
    processes: z.array(processUse).describe('Who used the machine.'),
    trouble: z
      .strictObject({ kind: troubleKind, detail: text })
      .nullable()
      .describe('Why the figures say nothing.'),
  })
  .describe('What was measured at one load.');

const verdict = z
  .discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('holds') }),
    z.strictObject({
      outcome: z.literal('breaks'),
      breaches: z
        .array(z.strictObject({ limit, value: z.number() }))
        .describe('What was not kept.'),
    }),
    z.strictObject({
      outcome: z.literal('invalid'),
      reason: z.union([troubleKind, z.enum(['generator', 'busy-machine', 'not-measured'])]),
      detail: text,
    }),
  ])
  .describe('What the step says; an invalid one was repeated and not counted.');

const step = z
  .strictObject({
    dimension: text,
    repetition: z.number().int().min(1).describe('Counts from 1.'),
    reason: z
      .enum(['doubling', 'bisection', 'confirmation', 'again'])
      .describe('Why the search asked for it.'),
    measurement,
    verdict,
  })
  .describe('A finished step.');

const limitedBy = z.enum(['max', 'generator']);
const repetitions = z
  .array(
    z.strictObject({
      repetition: z.number().int().min(1),
      holds: load.describe('The highest load that held.'),
      breaks: load.nullable().describe('The lowest that broke, twice.'),
      limitedBy: limitedBy.nullable().describe('What kept the search from going further.'),
      notMonotonic: z.boolean().describe('A higher load held although a lower one broke.'),
    }),
  )
  .describe('What each search found.');
const spread = z.number().min(0).describe('Largest less smallest, as a share of the median.');
const saturationPoint = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('found'), load, spread, repetitions }),
    z.strictObject({ kind: z.literal('at least'), load, spread, limitedBy, repetitions }),
    z.strictObject({ kind: z.literal('inconclusive'), reason: text, repetitions }),
  ])
  .describe('The highest load that holds.');

const alertUnderLoad = z.strictObject({
  group: text,
  alert: text,
  outcome,
  promisedMs: ms,
  deliveredMs: ms.nullable(),
  detail: text,
});
const alerting = z
  .strictObject({
    shareOfSaturation: z.number(),
    load,
    mustWork: z.boolean(),
    outcome,
    alerts: z.array(alertUnderLoad),
    detail: text,
  })
  .describe('Alerts that were provoked while the load lasted.');

const dimensionResult = z
  .strictObject({
    dimension,
    steps: z.array(step).describe('All of them, in order.'),
    saturationPoint,
    culprit: z
      .strictObject({
        resource: z.enum(RESOURCES),
        of: text,
        load,
        figure: text,
        value: z.number(),
        limit: z.number(),
        text,
      })
      .nullable()
      .describe('The resource that gave out first.'),
    firstAlert: z
      .strictObject({ alert: text, load })
      .nullable()
      .describe('The alert whose limit broke first.'),
    blindAlert: z
      .strictObject({ alert: text, load, text })
      .nullable()
      .describe('The alert that watches what broke first, and would stay quiet.'),
    alerting: z.array(alerting),
  })
  .describe('One dimension.');

const need = z.strictObject({
  dimension: text,
  peak: load.nullable(),
  need: load.nullable(),
  source,
});

/**
 * The form of `capacity.json`, published as docs/schema/capacity.schema.json; equal to {@link
 * CapacityResult} by the check below.
 */
export const capacitySchema = z
  .strictObject({
    schemaVersion: z.literal(2).describe('Counts up when a key changes its meaning or goes.'),
    runId: text.describe("Name of the run's folder."),
    stackName: text.describe("Name of the stack's folder."),
    target: text.nullable().describe("The URL that was loaded; null: the stack's own stand-ins."),
    startedAt: epochMs,
    endedAt: epochMs,
    machine: z
      .strictObject({
        cores: z.number().int().min(1),
        cpuModel: text,
        memoryBytes: z.number().min(0),
      })
      .describe('Generator and subject shared it.'),
    versions: z.record(z.string(), text).describe('Versions of the programs that ran.'),
    dimensions: z.array(dimensionResult),
    needs: z
      .array(
        z.strictObject({
          need,
          outcome,
          headroom: z
            .number()
            .nullable()
            .describe("Saturation point, as a multiple of today's peak."),
          text,
        }),
      )
      .describe("The contract's needs."),
    comparisons: z
      .array(
        z.strictObject({
          dimension: text,
          outcome: z.enum(['better', 'worse', 'within the spread', 'not comparable']),
          before: load.nullable(),
          now: load.nullable(),
          text,
        }),
      )
      .nullable()
      .describe('Null without a baseline.'),
    interruption: text.nullable().describe('Why the run ended early.'),
    exitCode: z
      .union([z.literal(0), z.literal(1), z.literal(2)])
      .describe('0 all is held, 1 it is not, 2 could not judge.'),
  })
  .describe('The result of a capacity run.');

type Same<A, B> = [A, B] extends [B, A] ? true : never;
// The compiler's check, in both directions, that the schema and the type are one.
true satisfies Same<z.output<typeof capacitySchema>, CapacityResult>;

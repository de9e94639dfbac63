import { z } from 'zod';
import type { PanelPlan } from '../../../model/dashboard-plan.ts';
import type { Plan } from '../../../model/plan.ts';

/**
 * How a panel is drawn, from its dashboard's file; what isn't set is as Grafana has it by default.
 */
export interface Look {
  type: string;
  /** Columns of 24, and rows. */
  width: number;
  height: number;
  decimals: number | null;
  min: number | null;
  max: number | null;
  /** Rising; the first one has no value of its own. */
  thresholds: { value: number | null; color: string }[];
  /** Texts and colours for single values. */
  values: Record<string, { text: string; color: string }>;
  /** Whether a stat colours its whole ground. */
  filled: boolean;
}

const place = z.looseObject({ w: z.number(), h: z.number() });
const mapping = z.looseObject({
  type: z.string(),
  options: z
    .record(
      z.string(),
      z.looseObject({ text: z.string().optional(), color: z.string().optional() }),
    )
    .catch({}),
});
const defaults = z.looseObject({
  decimals: z.number().nullish(),
  min: z.number().nullish(),
  max: z.number().nullish(),
  mappings: z.array(mapping).nullish().catch(null),
  thresholds: z
    .looseObject({
      steps: z.array(z.looseObject({ value: z.number().nullish(), color: z.string() })),
    })
    .nullish()
    .catch(null),
});
const panelSchema = z.looseObject({
  type: z.string(),
  title: z.string().optional(),
  gridPos: place.optional(),
  fieldConfig: z.looseObject({ defaults: defaults.optional() }).optional(),
  options: z.looseObject({ colorMode: z.string().optional() }).optional(),
});
const fileSchema = z.looseObject({ panels: z.array(z.unknown()).catch([]) });
const rowSchema = z.looseObject({ panels: z.array(z.unknown()).catch([]) });

/**
 * The looks of all panels of the plan, by panel id. A panel that can't be read is drawn as a graph.
 */
export function looksOf(plan: Plan): Map<string, Look> {
  const files = new Map(
    plan.files
      .filter((file) => file.path.endsWith('.json'))
      .map((file) => [file.path, panelsIn(file.text)]),
  );
  return new Map(
    plan.panels.map((panel) => [panel.id, lookOf(panel, files.get(panel.source.file) ?? [])]),
  );
}

function lookOf(panel: PanelPlan, panels: z.infer<typeof panelSchema>[]): Look {
  const found = panels.find((p) => p.title === panel.title);
  const field = found?.fieldConfig?.defaults;
  const values = (field?.mappings ?? [])
    .filter((m) => m.type === 'value')
    .flatMap((m) => Object.entries(m.options))
    .map(
      ([value, { text, color }]) =>
        [value, { text: text ?? value, color: color ?? 'text' }] as const,
    );
  return {
    type: found?.type ?? 'timeseries',
    width: Math.max(1, Math.min(24, Math.round(found?.gridPos?.w ?? 12))),
    height: found?.gridPos?.h ?? 8,
    decimals: field?.decimals ?? null,
    min: field?.min ?? null,
    max: field?.max ?? null,
    thresholds: (field?.thresholds?.steps ?? []).map(({ value, color }) => ({
      value: value ?? null,
      color,
    })),
    values: Object.fromEntries(values),
    filled: found?.options?.colorMode === 'background',
  };
}

function panelsIn(text: string): z.infer<typeof panelSchema>[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return [];
  }
  const file = fileSchema.safeParse(json);
  const all = file.success
    ? file.data.panels.flatMap((panel) => [
        panel,
        ...(rowSchema.safeParse(panel).data?.panels ?? []),
      ])
    : [];
  return all.flatMap((panel) => panelSchema.safeParse(panel).data ?? []);
}

/** The colour that a value has by its thresholds: Grafana's name of it. */
export function colorOf(look: Look, value: number): string {
  return (
    look.values[String(value)]?.color ??
    look.thresholds.findLast((t) => t.value === null || value >= t.value)?.color ??
    'text'
  );
}

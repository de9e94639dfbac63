import { z } from 'zod';
import { parseDurationMs } from '../lib/duration.ts';
import { variableUses } from '../lib/grafana-variables.ts';
import type { DashboardSpec, PanelSpec, TargetSpec, VariableSpec } from '../model/spec.ts';
import type { Path, YamlSource } from './yaml-source.ts';

/** Grafana draws about as many points as a panel has pixels. */
const DEFAULT_POINTS = 1_000;
const DEFAULT_RANGE_MS = 6 * 3_600_000;

const text = z.string();
const dashboardSchema = z.looseObject({
  title: text.min(1),
  uid: text.optional(),
  panels: z.array(z.unknown()).optional(),
  templating: z.looseObject({ list: z.array(z.unknown()).optional() }).optional(),
  refresh: z.union([text, z.literal(false)]).nullish(),
  time: z.looseObject({ from: text, to: text }).optional(),
});
const dataSource = z.union([text, z.looseObject({ uid: text.optional() })]).nullish();
const panelSchema = z.looseObject({
  datasource: dataSource,
  id: z.number().optional(),
  type: text,
  title: text.optional(),
  maxDataPoints: z.number().nullish(),
  interval: text.nullish(),
  targets: z.array(z.unknown()).optional(),
  fieldConfig: z
    .looseObject({
      defaults: z.looseObject({ unit: text.optional(), noValue: text.optional() }).optional(),
    })
    .optional(),
});
const targetSchema = z.looseObject({
  datasource: dataSource,
  refId: text.default('A'),
  expr: text.optional(),
  legendFormat: text.optional(),
  instant: z.boolean().optional(),
  range: z.boolean().optional(),
  interval: text.nullish(),
  hide: z.boolean().optional(),
});
const chosen = z.union([text, z.array(text)]);
const variableSchema = z.looseObject({
  name: text,
  type: text,
  query: z.union([text, z.looseObject({ query: text })]).optional(),
  multi: z.boolean().optional(),
  includeAll: z.boolean().optional(),
  allValue: text.nullish(),
  current: z.looseObject({ value: chosen.optional() }).optional(),
});

/**
 * A dashboard's file (plain JSON, as provisioning reads it). What is wrong is added to the source's
 * problems.
 */
export function readDashboard(source: YamlSource): DashboardSpec | undefined {
  const raw = source.check(dashboardSchema, []);
  if (!raw) return undefined;
  const paths = source
    .entries(['panels'])
    .flatMap((path) => [path, ...source.entries([...path, 'panels'])]);
  return {
    file: source.file,
    uid: raw.uid ?? '',
    title: raw.title,
    rangeMs:
      parseDurationMs(/^now-(.+)$/.exec(raw.time?.from ?? '')?.[1] ?? '') ?? DEFAULT_RANGE_MS,
    refreshMs: parseDurationMs(raw.refresh || '') ?? null,
    variables: source.entries(['templating', 'list']).flatMap((path) => readVariable(source, path)),
    panels: paths.flatMap((path) => readPanel(source, path)),
    source: source.at(['title']),
  };
}

function readPanel(source: YamlSource, path: Path): PanelSpec[] {
  const raw = source.check(panelSchema, path);
  if (!raw || raw.type === 'row') return [];
  const targets = source.entries([...path, 'targets']).flatMap((at): TargetSpec[] => {
    const target = source.check(targetSchema, at);
    if (!target || target.hide || target.expr === undefined || target.expr.trim() === '') return [];
    return [
      {
        refId: target.refId,
        expr: target.expr,
        legend: target.legendFormat ?? '',
        instant: target.instant === true && target.range !== true,
        intervalMs: milliseconds(target.interval),
        dataSource: nameOf(target.datasource) || nameOf(raw.datasource),
        source: source.at([...at, 'expr']),
      },
    ];
  });
  return [
    {
      id: raw.id ?? 0,
      title: raw.title ?? '',
      type: raw.type,
      unit: raw.fieldConfig?.defaults?.unit ?? 'none',
      noValue: raw.fieldConfig?.defaults?.noValue ?? '',
      maxDataPoints: raw.maxDataPoints ?? DEFAULT_POINTS,
      intervalMs: milliseconds(raw.interval),
      targets,
      source: source.at([...path, 'title']),
    },
  ];
}

function readVariable(source: YamlSource, path: Path): VariableSpec[] {
  const raw = source.check(variableSchema, path);
  if (!raw) return [];
  const value = raw.current?.value;
  const query = typeof raw.query === 'string' ? raw.query : (raw.query?.query ?? '');
  return [
    {
      name: raw.name,
      kind: raw.type,
      query,
      multi: raw.multi ?? false,
      includeAll: raw.includeAll ?? false,
      allValue: raw.allValue || null,
      current: value === undefined ? (raw.includeAll ? ['$__all'] : []) : [value].flat(),
      source: source.at([...path, 'name']),
    },
  ];
}

/** A data source as a panel names it: by its uid, in old files by its name. */
function nameOf(named: z.output<typeof dataSource>): string {
  return (typeof named === 'string' ? named : named?.uid) ?? '';
}

/** An interval as people write it, perhaps with `>` before it; 0 when it is none, or a variable. */
function milliseconds(written: string | null | undefined): number {
  if (!written || variableUses(written).length > 0) return 0;
  return parseDurationMs(written.replace(/^>/, '')) ?? 0;
}

import type { Dashboard, FieldConfig, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type {
  FieldConfig as PieFieldConfig,
  Options as PieOptions,
} from '@grafana/grafana-foundation-sdk/piechart';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Options as StatOptions } from '@grafana/grafana-foundation-sdk/stat';
import type {
  FieldConfig as TimelineFieldConfig,
  Options as TimelineOptions,
} from '@grafana/grafana-foundation-sdk/statetimeline';
import type {
  FieldConfig as GraphFieldConfig,
  Options as GraphOptions,
} from '@grafana/grafana-foundation-sdk/timeseries';

/**
 * A builder's type as it stands in JSON: no functions, and an enum's values in the place of its
 * names.
 */
type Json<T> = 0 extends 1 & T
  ? unknown
  : T extends string
    ? `${T}`
    : T extends number
      ? `${T}` extends `${infer N extends number}`
        ? N
        : never
      : T extends readonly (infer Item)[]
        ? Json<Item>[]
        : T extends object
          ? { [Key in keyof T as T[Key] extends () => void ? never : Key]: Json<T[Key]> }
          : T;

/** A panel of one type: its options and field settings are the plugin's own, not just anything. */
type PanelOf<Type extends string, Options, Custom> = Json<
  Omit<Panel, 'type' | 'options' | 'fieldConfig' | 'targets'>
> & {
  type: Type;
  options: Json<Options>;
  targets: Json<Dataquery>[];
  fieldConfig: {
    defaults: Json<Omit<FieldConfig, 'custom'>> & { custom?: Json<Custom> };
    overrides: {
      matcher: { id: string; options?: unknown };
      properties: { id: string; value?: unknown }[];
    }[];
  };
};

type AnyPanel =
  | PanelOf<'stat', StatOptions, never>
  | PanelOf<'timeseries', GraphOptions, GraphFieldConfig>
  | PanelOf<'piechart', PieOptions, PieFieldConfig>
  | PanelOf<'state-timeline', TimelineOptions, TimelineFieldConfig>;

/** A dashboard file as Grafana's published types describe it, with the panels that we use. */
export type DashboardFile = Json<Omit<Dashboard, 'panels' | 'annotations'>> & {
  panels: AnyPanel[];
  annotations: {
    list: (Json<
      Omit<NonNullable<NonNullable<Dashboard['annotations']>['list']>[number], 'target'>
    > & { target: Json<Dataquery> })[];
  };
};

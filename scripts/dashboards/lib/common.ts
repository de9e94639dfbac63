import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { DashboardLink, GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import { runbookLink } from './links.ts';
import { describe, runbooksOf } from './panel.ts';
import type { PanelSpec } from './panel.ts';
import { DATASOURCE } from './queries.ts';
import type { Query } from './queries.ts';

/** What the SDK's builders of all kinds of panels have in common. */
interface AnyPanel {
  id(id: number): this;
  title(title: string): this;
  description(text: string): this;
  datasource(source: typeof DATASOURCE): this;
  gridPos(at: GridPos): this;
  unit(unit: string): this;
  noValue(text: string): this;
  targets(targets: Builder<Dataquery>[]): this;
  links(links: Builder<DashboardLink>[]): this;
  decimals(count: number): this;
  min(value: number): this;
  max(value: number): this;
}

/** A new panel of any kind with what every panel has. */
export function withCommon<Panel extends AnyPanel>(
  panel: Panel,
  spec: PanelSpec,
  target: (query: Query, index: number) => Builder<Dataquery>,
): Panel {
  return panel
    .id(spec.id)
    .title(spec.title)
    .description(describe(spec))
    .datasource(DATASOURCE)
    .gridPos(spec.at)
    .unit(spec.unit)
    .noValue(spec.noValue ?? 'no data')
    .targets(spec.queries.map(target))
    .links(runbooksOf(spec).map(runbookLink));
}

/** How exactly values are shown, and between which ends, where a panel says so. */
export function withRange<Panel extends AnyPanel>(
  panel: Panel,
  { decimals, min, max }: PanelSpec,
): Panel {
  if (decimals !== undefined) panel.decimals(decimals);
  if (min !== undefined) panel.min(min);
  if (max !== undefined) panel.max(max);
  return panel;
}

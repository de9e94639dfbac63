import {
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  TooltipDisplayMode,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  PanelBuilder,
  PieChartLabels,
  PieChartLegendOptionsBuilder,
  PieChartLegendValues,
  PieChartType,
} from '@grafana/grafana-foundation-sdk/piechart';
import { fixedColour } from './colours.ts';
import { runbookLink } from './links.ts';
import type { PanelSpec } from './panel.ts';
import { describe, runbooksOf } from './panel.ts';
import { DATASOURCE, instantTarget } from './queries.ts';

export interface PieSpec extends PanelSpec {
  /** By legend name. */
  colours: Record<string, string>;
}

/** Parts of a whole, as they are now. */
export function pie(spec: PieSpec): PanelBuilder {
  const panel = new PanelBuilder()
    .id(spec.id)
    .title(spec.title)
    .description(describe(spec))
    .datasource(DATASOURCE)
    .gridPos(spec.at)
    .unit(spec.unit)
    .noValue(spec.noValue ?? 'no data')
    .targets(spec.queries.map(instantTarget))
    .links(runbooksOf(spec).map(runbookLink))
    .pieType(PieChartType.Donut)
    .displayLabels([PieChartLabels.Value])
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false))
    .legend(
      new PieChartLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Right)
        .showLegend(true)
        .values([PieChartLegendValues.Value, PieChartLegendValues.Percent])
        .calcs([]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single).sort(SortOrder.None))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName));
  for (const [name, color] of Object.entries(spec.colours))
    panel.overrideByName(name, [fixedColour(color)]);
  if (spec.decimals !== undefined) panel.decimals(spec.decimals);
  return panel;
}

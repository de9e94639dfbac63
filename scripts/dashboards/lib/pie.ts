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
import { withCommon, withRange } from './common.ts';
import type { PanelSpec } from './panel.ts';
import { instantTarget } from './queries.ts';

export interface PieSpec extends PanelSpec {
  /** By legend name. */
  colours: Record<string, string>;
}

/** Parts of a whole, as they are now. */
export function pie(spec: PieSpec): PanelBuilder {
  const panel = withCommon(new PanelBuilder(), spec, instantTarget)
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
  return withRange(panel, spec);
}

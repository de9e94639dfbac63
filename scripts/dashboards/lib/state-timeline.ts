import {
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  FieldColorBuilder,
  FieldColorModeId,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import type { Limit } from './limits.ts';
import { steps } from './limits.ts';
import { runbookLink } from './links.ts';
import type { PanelSpec } from './panel.ts';
import { describe, runbooksOf } from './panel.ts';
import { DATASOURCE, rangeTarget } from './queries.ts';

/** A row for each series, coloured by its state. */
export function stateTimeline(
  spec: PanelSpec & { limit: Limit; mappings: ValueMapping[] },
): PanelBuilder {
  return new PanelBuilder()
    .id(spec.id)
    .title(spec.title)
    .description(describe(spec))
    .datasource(DATASOURCE)
    .gridPos(spec.at)
    .unit(spec.unit)
    .noValue(spec.noValue ?? 'no data')
    .targets(spec.queries.map(rangeTarget))
    .links(runbooksOf(spec).map(runbookLink))
    .mappings(spec.mappings)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .thresholds(
      new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps(spec.limit)),
    )
    .mergeValues(true)
    .showValue(VisibilityMode.Never)
    .fillOpacity(80)
    .lineWidth(0)
    .rowHeight(0.8)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(false)
        .calcs([]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single).sort(SortOrder.None));
}

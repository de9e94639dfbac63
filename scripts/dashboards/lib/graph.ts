import {
  GraphDrawStyle,
  GraphGradientMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  LineInterpolation,
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  FieldColorBuilder,
  FieldColorModeId,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { JOB_COLOURS, fixedColour } from './colours.ts';
import { COLOURS, steps } from './limits.ts';
import { withCommon, withRange } from './common.ts';
import type { PanelSpec } from './panel.ts';
import { rangeTarget } from './queries.ts';

export interface GraphSpec extends PanelSpec {
  /** The axis reaches at least this far, so that the limit's line is in sight on a quiet day. */
  softMax?: number;
  /** The second query is drawn downwards. */
  mirrored?: boolean;
  /** Queries by letter that are limits themselves: a dashed line in this colour. */
  limitLines?: Record<string, string>;
}

const DASHED_LINE = (color: string): DynamicConfigValue[] => [
  fixedColour(color),
  { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } },
  { id: 'custom.fillOpacity', value: 0 },
  { id: 'custom.lineWidth', value: 1 },
];

/** Lines over time, with the limit as a dashed line, and last and highest value in the legend. */
export function graph(spec: GraphSpec): PanelBuilder {
  const panel = withCommon(new PanelBuilder(), spec, rangeTarget)
    .drawStyle(GraphDrawStyle.Line)
    .lineInterpolation(LineInterpolation.Linear)
    .lineWidth(2)
    .fillOpacity(10)
    .gradientMode(GraphGradientMode.Opacity)
    .showPoints(VisibilityMode.Auto)
    // A gap is a gap: nobody should read a value where there was none.
    .spanNulls(false)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .thresholds(
      new ThresholdsConfigBuilder()
        .mode(ThresholdsMode.Absolute)
        .steps(spec.limit ? steps(spec.limit) : [{ value: null, color: COLOURS.good }]),
    )
    .thresholdsStyle(
      new GraphThresholdsStyleConfigBuilder().mode(
        spec.limit ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off,
      ),
    )
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(['lastNotNull', 'max']),
    )
    .tooltip(
      new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending),
    )
    .axisSoftMin(0);
  for (const [job, color] of Object.entries(JOB_COLOURS))
    panel.overrideByName(job, [fixedColour(color)]);
  for (const [letter, color] of Object.entries(spec.limitLines ?? {}))
    panel.overrideByQuery(letter, DASHED_LINE(color));
  if (spec.mirrored)
    panel
      .axisCenteredZero(true)
      .overrideByQuery('B', [{ id: 'custom.transform', value: 'negative-Y' }]);
  if (spec.softMax !== undefined) panel.axisSoftMax(spec.softMax);
  return withRange(panel, spec);
}

import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import type { ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  FieldColorBuilder,
  FieldColorModeId,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { COLOURS, steps } from './limits.ts';
import { withCommon, withRange } from './common.ts';
import type { PanelSpec } from './panel.ts';
import { rangeTarget } from './queries.ts';

export interface StatSpec extends PanelSpec {
  /**
   * The whole tile in the limit's colour, for what is either good or bad; else only value and
   * sparkline.
   */
  filled?: boolean;
  /** A tile for each series, with its name. */
  each?: boolean;
  mappings?: ValueMapping[];
}

/** The figure as it is now, coloured by its limit, over its history as a sparkline. */
export function stat(spec: StatSpec): PanelBuilder {
  const panel = withCommon(new PanelBuilder(), spec, rangeTarget)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false))
    .orientation(VizOrientation.Auto)
    .textMode(spec.each ? BigValueTextMode.ValueAndName : BigValueTextMode.Value)
    .graphMode(spec.filled ? BigValueGraphMode.None : BigValueGraphMode.Area)
    .colorMode(spec.filled ? BigValueColorMode.Background : BigValueColorMode.Value)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .thresholds(
      new ThresholdsConfigBuilder()
        .mode(ThresholdsMode.Absolute)
        .steps(spec.limit ? steps(spec.limit) : [{ value: null, color: COLOURS.unknown }]),
    );
  if (spec.mappings) panel.mappings(spec.mappings);
  return withRange(panel, spec);
}

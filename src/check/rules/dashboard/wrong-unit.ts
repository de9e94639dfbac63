import { scaleOf } from '../../../promql/scale.ts';
import type { Scale } from '../../../promql/scale.ts';
import type { Panel } from '../../../stack/dashboards/index.ts';
import { panelUnit } from '../../../stack/panel-queries.ts';
import type { Rule } from '../../rule.ts';

/** How a value reads in a unit that is meant for another scale. */
const WRONG: Partial<Record<Scale, Record<string, string>>> = {
  share: { percent: 'a share of 1 reads as 0.83%: the unit is `percentunit`' },
  percent: { percentunit: 'what is in per cent already reads as 8300%: the unit is `percent`' },
  bytes: {
    percent: 'a number of bytes reads as per cent: the unit is `bytes`',
    percentunit: 'a number of bytes reads as per cent: the unit is `bytes`',
  },
};

export const wrongUnit: Rule = {
  id: 'dashboard/wrong-unit',
  level: 'warning',
  title: 'A unit that is wrong by a hundred',
  why: 'Grafana multiplies what has the unit `percentunit` by 100, and shows what has `percent` as it is.',
  mend: 'Name the unit that the expression has, or multiply by 100 in the expression.',
  check: ({ dashboards }, say) => {
    for (const panel of dashboards.flatMap(({ panels }) => panels)) {
      const unit = panelUnit(panel);
      const wrong = wrongScale(panel, unit.text() ?? '');
      if (wrong !== undefined) say(unit.place, wrong, { subject: `panel "${panel.title}"` });
    }
  },
};

/** What is wrong with a unit, where all that a panel shows has one scale and nothing changes it. */
function wrongScale(panel: Panel, unit: string): string | undefined {
  const { targets, transformations, fieldConfig } = panel;
  if (transformations.length > 0 || fieldConfig.get('overrides').items().length > 0)
    return undefined;
  const scales = new Set(
    targets.map(({ expression }) => expression?.expr && scaleOf(expression.expr)),
  );
  const [scale] = scales;
  return scales.size === 1 && scale !== undefined ? WRONG[scale]?.[unit] : undefined;
}

import { legendParts } from '../../../stack/legend.ts';
import type { Rule } from '../../rule.ts';

export const legendSyntax: Rule = {
  id: 'dashboard/legend-syntax',
  level: 'warning',
  title: 'A legend that is not read as meant',
  why: 'Grafana fills in `{{label}}` only: anything else stands in the legend as it is written.',
  mend: "Write `{{label}}`, with two braces on both sides and a label's name between them.",
  check: ({ dashboards }, say) => {
    for (const { title, targets } of dashboards.flatMap(({ panels }) => panels))
      for (const { expression, legend } of targets)
        for (const part of expression ? legendParts(legend.text() ?? '').broken : [])
          say(
            legend.within(part.from, part.to),
            `this stands in the legend as it is: ${part.message}`,
            { subject: `panel "${title}"` },
          );
  },
};

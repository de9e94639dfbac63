import type { Rule } from '../../rule.ts';

/** Columns of a dashboard's grid. */
const COLUMNS = 24;

export const overlapping: Rule = {
  id: 'dashboard/overlapping-panels',
  level: 'warning',
  title: 'Panels that overlap',
  why: 'Grafana moves one of them at every load, and the dashboard never looks as it was made.',
  mend:
    'Correct `gridPos` (the place in `layout` in schema v2): 24 columns, `x` and the width at ' +
    'most 24 together, no two panels on one place.',
  check: ({ dashboards }, say) => {
    for (const grid of dashboards.flatMap(({ layout }) => layout.grids)) {
      const sorted = grid.toSorted((a, b) => a.y - b.y);
      sorted.forEach((a, i) => {
        const { place } = a.value;
        const subject = `panel "${a.title}"`;
        if (a.x + a.width > COLUMNS)
          say(place, `it reaches to column ${a.x + a.width} of ${COLUMNS}`, { subject });
        const below = sorted
          .slice(0, i)
          .findLast((b) => b.y + b.height > a.y && a.x < b.x + b.width && b.x < a.x + a.width);
        if (below) say(place, `it overlaps with \`${below.title}\``, { subject });
      });
    }
  },
};

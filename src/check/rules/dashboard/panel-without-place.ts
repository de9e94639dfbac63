import type { Rule } from '../../rule.ts';

export const unplacedPanel: Rule = {
  id: 'dashboard/panel-without-place',
  level: 'warning',
  title: 'A panel that no layout shows',
  why: 'It is in the file, and nobody ever sees it.',
  mend: 'Give it a place in `layout`, or take it out of `elements`.',
  check: ({ dashboards }, say) => {
    for (const { layout } of dashboards)
      for (const { title, value } of layout.unplaced)
        say(value.keyPlace, `nothing in the layout shows \`${title}\``, {
          subject: `panel "${title}"`,
        });
  },
};

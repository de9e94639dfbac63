import type { Rule } from '../../rule.ts';

export const noTitle: Rule = {
  id: 'dashboard/no-title',
  level: 'error',
  title: 'A dashboard without a title',
  why: 'Provisioning refuses it: "Dashboard title cannot be empty".',
  mend: 'Give it a title.',
  check: ({ dashboards }, say) => {
    for (const { root, title } of dashboards)
      if (title.trim() === '') say(root.get('title').place, 'the dashboard has no title');
  },
};

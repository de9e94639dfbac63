import type { Rule } from '../../rule.ts';

export const duplicateId: Rule = {
  id: 'dashboard/duplicate-panel-id',
  level: 'error',
  title: 'Two panels of one id',
  why: 'Links and alerts lead to a panel by its id: they open the wrong one, and Grafana mixes up their data.',
  mend: 'Give each panel an id of its own.',
  check: ({ dashboards }, say) => {
    for (const { panels } of dashboards) {
      const seen = new Set<string>();
      for (const { value, title } of panels) {
        const id = value.get('id').text();
        if (id !== undefined && seen.has(id))
          say(value.get('id').place, `another panel has the id ${id}`, {
            subject: `panel "${title}"`,
          });
        if (id !== undefined) seen.add(id);
      }
    }
  },
};

import type { Dashboard } from '../../../stack/dashboards/index.ts';
import { folderOf } from '../../common/dashboard-folder.ts';
import type { Rule } from '../../rule.ts';

export const duplicateTitle: Rule = {
  id: 'dashboard/duplicate-title',
  level: 'warning',
  title: 'Two of one title',
  why:
    'In an alert, a link or a talk nobody can tell which one is meant; two dashboards of one ' +
    'title are told apart by nobody.',
  mend: 'Say in the title what differs.',
  check: ({ dashboards }, say) => {
    const boards = new Map<string, Dashboard>();
    for (const dashboard of dashboards) {
      const key = `${folderOf(dashboard)}\n${dashboard.title.toLowerCase()}`;
      const first = boards.get(key);
      if (first && dashboard.title !== '')
        say(
          dashboard.root.get('title').place,
          `${first.file.path} has the title \`${dashboard.title}\` too`,
        );
      boards.set(key, first ?? dashboard);
      for (const row of dashboard.layout.rows) {
        const titles = new Set<string>();
        for (const panel of row) {
          if (panel.title !== '' && titles.has(panel.title))
            say(panel.value.get('title').place, `another panel has the title \`${panel.title}\``, {
              subject: `panel "${panel.title}"`,
            });
          titles.add(panel.title);
        }
      }
    }
  },
};

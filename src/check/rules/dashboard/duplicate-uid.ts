import type { Dashboard } from '../../../stack/dashboards/index.ts';
import type { Stack } from '../../../stack/index.ts';
import { mountedAt } from '../../../stack/mounts.ts';
import { GRAFANA_IMAGE } from '../../../stack/pinned.ts';
import { folderOf } from '../../common/dashboard-folder.ts';
import type { Rule } from '../../rule.ts';

export const duplicateUid: Rule = {
  id: 'dashboard/duplicate-uid',
  level: 'error',
  title: 'Two dashboards of one uid',
  why: 'Provisioning takes one of them, and which one changes from start to start.',
  mend: 'Give each a uid of its own.',
  check: (stack, say) => {
    const seen = new Map<string, Dashboard>();
    for (const dashboard of stack.dashboards) {
      const uid = dashboard.uid.text();
      if (uid === undefined || uid === '') continue;
      for (const place of loadedFrom(stack, dashboard)) {
        const first = seen.get(`${place}\n${uid}`);
        if (first && first !== dashboard)
          say(dashboard.uid.place, `${first.file.path} has the uid \`${uid}\` too`);
        else seen.set(`${place}\n${uid}`, dashboard);
      }
    }
  },
};

/**
 * What brings a dashboard into Grafana: the provider that reads where it is mounted, else its
 * folder.
 */
function loadedFrom({ composes, grafana }: Stack, dashboard: Dashboard): string[] {
  const mounted = mountedAt(composes, GRAFANA_IMAGE, dashboard.file.path);
  const providers = grafana.providers.flatMap(({ path }) => {
    const folder = path.text()?.replace(/\/$/, '');
    return folder !== undefined && mounted.some((at) => at.startsWith(`${folder}/`))
      ? [folder]
      : [];
  });
  return providers.length > 0 ? [providers[0] ?? ''] : [`./${folderOf(dashboard)}`];
}

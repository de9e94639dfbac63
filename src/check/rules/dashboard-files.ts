import type { Rule } from '../rule.ts';
import { inputsOf } from '../../stack/dashboards/index.ts';
import type { Dashboard } from '../../stack/dashboards/index.ts';
import { mountedAt } from '../../stack/mounts.ts';
import { GRAFANA_IMAGE } from '../../stack/pinned.ts';
import { eachScalar } from '../../stack/source/node.ts';
import type { Stack } from '../../stack/index.ts';

export const envelope: Rule = {
  id: 'dashboard/envelope',
  level: 'error',
  title: 'The envelope of the HTTP API in a file',
  why:
    'Provisioning reads plain dashboards: it takes the envelope for a dashboard without ' +
    'title or panels, and refuses it.',
  mend: 'Leave only what stands under `dashboard`.',
  check: ({ dashboards }, say) => {
    for (const { envelope: wrapped, file, root, document } of dashboards)
      if (wrapped && root.node)
        say(
          document.get('dashboard').keyPlace,
          'the dashboard stands in the envelope of the HTTP API',
          {
            fix: {
              title: 'only the dashboard',
              edits: [
                { from: 0, to: root.node.from, text: '' },
                { from: root.node.to, to: file.text.trimEnd().length, text: '' },
              ],
            },
          },
        );
  },
};

export const exported: Rule = {
  id: 'dashboard/export-for-sharing',
  level: 'error',
  title: 'A dashboard exported for sharing',
  why:
    '`__inputs` are asked for by a person who imports it. Provisioning asks nobody, so ' +
    '`${DS_PROMETHEUS}` stays as it is and every panel fails.',
  mend: 'Remove `__inputs` and `__requires`, and write the uid of the provisioned data source.',
  check: ({ dashboards, grafana }, say) => {
    const provisions = grafana.providerFiles.length + grafana.dataSourceFiles.length > 0;
    for (const dashboard of dashboards) {
      const defined = new Set(dashboard.variables.map(({ name }) => name));
      // A variable of that name answers for it.
      const open = inputsOf(dashboard).filter(
        (name) => !defined.has(name) && isUsed(dashboard, name),
      );
      if (open.length === 0) continue;
      const place = dashboard.root.get('__inputs').keyPlace;
      const asked = open.map((name) => `\`\${${name}}\``).join(', ');
      // Where nothing is provisioned, somebody may import it by hand, and is asked.
      if (provisions || dashboard.file.embedding)
        say(place, `\`__inputs\` are never asked for: ${asked}`);
      else say(place, `only who imports it by hand is asked for ${asked}`, { level: 'advice' });
    }
  },
};

function isUsed({ root }: Dashboard, name: string): boolean {
  let used = false;
  eachScalar(root.node, (scalar) => {
    used ||= typeof scalar.value === 'string' && scalar.value.includes(`\${${name}}`);
  });
  return used;
}

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

function folderOf({ file }: Dashboard): string {
  return file.path.split('/').slice(0, -1).join('/');
}

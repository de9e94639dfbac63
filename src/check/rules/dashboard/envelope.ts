import type { Fix } from '../../../model/check.ts';
import type { Node } from '../../../stack/source/node.ts';
import type { SourceFile } from '../../../stack/source/source-file.ts';
import type { Rule } from '../../rule.ts';

export const envelope: Rule = {
  id: 'dashboard/envelope',
  level: 'error',
  title: 'The envelope of the HTTP API in a file',
  why:
    'Provisioning reads plain dashboards: it takes the envelope for a dashboard without ' +
    'title or panels, and refuses it.',
  mend: 'Leave only what stands under `dashboard`.',
  check: ({ dashboards, grafana }, say) => {
    const provisions = grafana.providerFiles.length + grafana.dataSourceFiles.length > 0;
    for (const { envelope: wrapped, file, root, document } of dashboards) {
      if (!wrapped || !root.node) continue;
      const place = document.get('dashboard').keyPlace;
      const title = 'the dashboard stands in the envelope of the HTTP API';
      // Where nothing is provisioned, somebody may post it as it is.
      if (provisions || file.embedding)
        say(place, title, { fix: onlyTheDashboard(root.node, file) });
      else say(place, `${title}: it can only be posted`, { level: 'advice' });
    }
  },
};

function onlyTheDashboard({ from, to }: Node, { text }: SourceFile): Fix {
  return {
    title: 'only the dashboard',
    edits: [
      { from: 0, to: from, text: '' },
      { from: to, to: text.trimEnd().length, text: '' },
    ],
  };
}

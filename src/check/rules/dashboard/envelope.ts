import type { Rule } from '../../rule.ts';

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

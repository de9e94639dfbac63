import { inputsOf } from '../../../stack/dashboards/index.ts';
import type { Dashboard } from '../../../stack/dashboards/index.ts';
import { eachScalar } from '../../../stack/source/node.ts';
import type { Rule } from '../../rule.ts';

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

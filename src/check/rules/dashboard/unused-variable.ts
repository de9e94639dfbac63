import { variableUses } from '../../../lib/grafana-variables.ts';
import type { Dashboard } from '../../../stack/dashboards/index.ts';
import { eachScalar } from '../../../stack/source/node.ts';
import type { Rule } from '../../rule.ts';

export const unusedVariable: Rule = {
  id: 'dashboard/unused-variable',
  level: 'warning',
  title: 'A variable that is defined and not used',
  why: 'People choose a value at the top and believe what they see to be of that value alone.',
  mend: 'Use it in the queries, or remove it.',
  check: ({ dashboards }, say) => {
    for (const dashboard of dashboards) {
      const used = usedNames(dashboard);
      for (const { name, type, value } of dashboard.variables) {
        // Ad hoc filters and group-bys are added to every query without being named.
        if (name === '' || type === 'adhoc' || type === 'groupby' || used.has(name)) continue;
        say(value.get('name').place, `the variable \`${name}\` is used nowhere`, {
          subject: `variable ${name}`,
        });
      }
    }
  },
};

/** Names of variables in any text of the dashboard but their own definition's name. */
function usedNames(dashboard: Dashboard): Set<string> {
  const names = new Set<string>();
  eachScalar(dashboard.root.node, (scalar, keys) => {
    if (typeof scalar.value !== 'string') return;
    if (keys.at(-1) === 'repeat' || keys.at(-2) === 'repeat') names.add(scalar.value);
    if (scalar.value.includes('$') || scalar.value.includes('[['))
      for (const use of variableUses(scalar.value)) names.add(use.name);
    // Links carry variables in the form `var-name`.
    for (const [, name] of scalar.value.matchAll(/\bvar-(\w+)/g))
      if (name !== undefined) names.add(name);
  });
  return names;
}

import { variableUses } from '../../../lib/grafana-variables.ts';
import type { Dashboard } from '../../../stack/dashboards/index.ts';
import { eachScalar } from '../../../stack/source/node.ts';
import type { Rule } from '../../rule.ts';

/** A matcher whose whole value is one variable. */
const EQUALS =
  /\b(?<label>[a-zA-Z_]\w*)\s*(?<op>!?=)\s*(?<quote>["'])(?<use>\$\w+|\$\{\w+\}|\[\[\w+\]\])\k<quote>/g;

export const equalsSeveralValues: Rule = {
  id: 'dashboard/equals-several-values',
  level: 'warning',
  title: 'An `=` with a variable that may have several values',
  why:
    'Grafana writes several values, and "All", as a regular expression: `=` then looks for a ' +
    'label that is spelt `(a|b)`, and the panel is empty.',
  mend: 'Write `=~`, or let one value be chosen at a time.',
  check: ({ dashboards }, say) => {
    for (const dashboard of dashboards) {
      const several = namesOfSeveral(dashboard);
      if (several.size === 0) continue;
      for (const { title, targets } of dashboard.panels)
        for (const { expression, value } of targets)
          for (const match of expression?.text.matchAll(EQUALS) ?? []) {
            const { label = '', op = '', use = '' } = match.groups ?? {};
            const name = variableUses(use)[0]?.name ?? '';
            if (several.has(name))
              say(
                value.get('expr').within(match.index, match.index + match[0].length),
                `\`${label}${op}\` with \`${name}\`, which may have several values`,
                { subject: `panel "${title}"` },
              );
          }
    }
  },
};

/**
 * Variables of which several values may be chosen; what a panel or row is repeated by has one in
 * each.
 */
function namesOfSeveral({ root, variables }: Dashboard): Set<string> {
  const repeated = new Set<unknown>();
  eachScalar(root.node, (scalar, keys) => {
    if (keys.at(-1) === 'repeat' || keys.at(-2) === 'repeat') repeated.add(scalar.value);
  });
  return new Set(
    variables
      .filter(({ type }) => type === 'query' || type === 'custom')
      .filter(({ value }) => value.get('multi').isTrue() || value.get('includeAll').isTrue())
      .map(({ name }) => name)
      .filter((name) => !repeated.has(name)),
  );
}

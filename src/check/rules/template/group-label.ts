import { allRoutes } from '../../../alertmanager/routing.ts';
import type { Receiver } from '../../../stack/alertmanager.ts';
import { eachScalar } from '../../../stack/source/node.ts';
import { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';

const USE = /\.GroupLabels(?:\.|\s+["`])(\w+)/g;

/** What Alertmanager's sets of labels can do besides (template/template.go, `KV`). */
const METHODS = new Set(['SortedPairs', 'Remove', 'Names', 'Values']);

/** Asked for first: not to be there is foreseen. */
const ASKED = /\{\{-?\s*(?:else\s+)?(?:if|with)\b[^}]*$/;

export const groupLabel: Rule = {
  id: 'template/group-label',
  level: 'warning',
  title: 'A label that the alerts are not grouped by',
  why:
    '`GroupLabels` holds the labels of `group_by` and no others: the text has nothing at this ' +
    'place.',
  mend: 'Add the label to the `group_by` of the route, or write `.CommonLabels`.',
  check: ({ alertmanagers }, say) => {
    for (const { route, receivers } of alertmanagers)
      for (const receiver of receivers) {
        const leading = route ? allRoutes(route).filter((r) => r.receiver === receiver.name) : [];
        if (leading.length === 0 || leading.some(({ groupedBy }) => groupedBy.includes('...')))
          continue;
        for (const { value, name, from, to } of usesIn(receiver))
          if (!leading.some(({ groupedBy }) => groupedBy.includes(name)))
            say(
              value.within(from, to),
              `\`GroupLabels.${name}\` is always empty: it is no label of \`group_by\``,
              { subject: `receiver ${receiver.name}` },
            );
      }
  },
};

/** What the texts of a receiver name, but for what they ask for themselves. */
function usesIn({ value }: Receiver): { value: Value; name: string; from: number; to: number }[] {
  const found: { value: Value; name: string; from: number; to: number; asked: boolean }[] = [];
  eachScalar(value.node, (scalar) => {
    const text = typeof scalar.value === 'string' ? scalar.value : '';
    for (const use of text.matchAll(USE))
      found.push({
        value: new Value(value.file, scalar),
        name: use[1] ?? '',
        from: use.index,
        to: use.index + use[0].length,
        asked: ASKED.test(text.slice(0, use.index)),
      });
  });
  return found.filter(
    ({ asked, name }) =>
      !asked && !METHODS.has(name) && !found.some((other) => other.asked && other.name === name),
  );
}

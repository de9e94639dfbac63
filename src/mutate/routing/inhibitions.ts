import type { TreeEdit } from '../../model/mutation.ts';
import type { Inhibition } from '../../stack/alertmanager.ts';
import type { Path, RoutingMutation, RoutingOperator } from './operator.ts';

function perInhibition(
  id: string,
  mutate: (inhibition: Inhibition, path: Path) => Omit<RoutingMutation, 'subject'>[],
): RoutingOperator {
  return {
    id,
    mutations: ({ alertmanager: { inhibitions } }) =>
      inhibitions.flatMap((inhibition, i) =>
        mutate(inhibition, ['inhibit_rules', i]).map((one) => ({
          subject: `inhibition ${i + 1}`,
          ...one,
        })),
      ),
  };
}

const removed = perInhibition('inhibition-removed', ({ value }, path) => [
  { value, was: 'the inhibition', becomes: '', edits: [{ path }] },
]);

/** One of its matchers is gone: it silences more than was meant, or for more than was meant. */
const widened = perInhibition('inhibition-widened', ({ value }, path) =>
  ['source_matchers', 'target_matchers'].flatMap((key) =>
    value
      .get(key)
      .texts()
      .map(({ text, value: at }, i) => ({
        value: at,
        was: text,
        becomes: '',
        edits: [{ path: [...path, key, i] }],
      })),
  ),
);

/** A label less that both must have in common, or one more. */
const equalChanged = perInhibition('inhibition-equal-changed', ({ value, equal }, path) => {
  const labels = equal.map(({ text }) => text);
  const others = [
    ...labels.map((gone) => labels.filter((label) => label !== gone)),
    [...labels, 'severity'],
  ];
  return others.map((becomes) => ({
    value: value.get('equal').exists ? value.get('equal') : value,
    was: labels.join(', '),
    becomes: becomes.join(', '),
    edits: [{ path: [...path, 'equal'], value: becomes }],
  }));
});

/** The follower silences its cause. */
const swapped = perInhibition('inhibition-swapped', ({ value }, path) => {
  const [source, target] = ['source_matchers', 'target_matchers'].map((key) => value.get(key));
  if (!source?.exists || !target?.exists) return [];
  const edits: TreeEdit[] = [
    { path: [...path, 'source_matchers'], value: target.json() },
    { path: [...path, 'target_matchers'], value: source.json() },
  ];
  return [{ value, was: 'source and target', becomes: 'target and source', edits }];
});

export const INHIBITION_OPERATORS: RoutingOperator[] = [removed, widened, equalChanged, swapped];

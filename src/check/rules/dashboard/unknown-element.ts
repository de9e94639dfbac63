import type { Rule } from '../../rule.ts';

export const unknownElement: Rule = {
  id: 'dashboard/unknown-element',
  level: 'error',
  title: 'A place in the layout for a panel that is not there',
  why: 'Grafana does not find the element, and opens the dashboard with an error instead of its panels.',
  mend: 'Correct the name to that of an element, or take the place out of the layout.',
  check: ({ dashboards }, say) => {
    for (const { root, layout } of dashboards)
      for (const { name, value } of layout.unknown) {
        const names = root
          .get('elements')
          .entries()
          .map(({ key }) => key);
        say(
          value.place,
          `no element is called \`${name}\`: there are ${names.join(', ') || 'none'}`,
        );
      }
  },
};

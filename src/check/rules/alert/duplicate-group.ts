import type { Group } from '../../../stack/rules.ts';
import type { Rule } from '../../rule.ts';

export const duplicateGroup: Rule = {
  id: 'alert/duplicate-group',
  level: 'error',
  title: 'Two groups of one name in a file',
  why: 'Prometheus refuses the whole rule file.',
  mend: 'Give one of them another name, or join them.',
  check: ({ groups }, say) => {
    const seen = new Map<Group['document'], Set<string>>();
    for (const { document, name, value } of groups) {
      const names = seen.get(document) ?? new Set();
      seen.set(document, names);
      if (names.has(name))
        say(value.get('name').place, `the group \`${name}\` stands in this file already`);
      names.add(name);
    }
  },
};

import type { Rule } from '../../rule.ts';

export const duplicateRemote: Rule = {
  id: 'config/duplicate-remote',
  level: 'error',
  title: 'Two remote ends of one name',
  why: 'Prometheus refuses its whole configuration.',
  mend: 'Give one of them another name, or none.',
  check: ({ prometheus }, say) => {
    for (const { root } of prometheus)
      for (const key of ['remote_write', 'remote_read']) {
        const seen = new Set<string>();
        for (const name of root
          .get(key)
          .items()
          .map((one) => one.get('name'))) {
          const text = name.text() ?? '';
          if (text !== '' && seen.has(text)) say(name.place, `\`${text}\` stands here twice`);
          seen.add(text);
        }
      }
  },
};

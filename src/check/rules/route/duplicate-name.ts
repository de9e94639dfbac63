import type { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';

export const duplicateName: Rule = {
  id: 'route/duplicate-name',
  level: 'error',
  title: 'Two receivers or time intervals of one name',
  why: 'Alertmanager refuses its whole configuration.',
  mend: 'Give one of them another name; several messages of one receiver stand in one entry.',
  check: ({ alertmanagers }, say) => {
    const judge = (what: string, names: Value[]): void => {
      const seen = new Set<string>();
      for (const name of names) {
        const text = name.text();
        if (text !== undefined && seen.has(text))
          say(name.place, `the ${what} \`${text}\` stands here twice`);
        seen.add(text ?? '');
      }
    };
    for (const { root } of alertmanagers) {
      judge('receiver', namesIn(root, 'receivers'));
      judge('time interval', [
        ...namesIn(root, 'mute_time_intervals'),
        ...namesIn(root, 'time_intervals'),
      ]);
    }
  },
};

function namesIn(root: Value, key: string): Value[] {
  return root
    .get(key)
    .items()
    .map((entry) => entry.get('name'));
}

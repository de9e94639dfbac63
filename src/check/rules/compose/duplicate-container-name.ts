import { mergedValues } from '../../../stack/compose/merged.ts';
import { sayTakenTwice } from '../../common/started-services.ts';
import type { Rule } from '../../rule.ts';
import { isFilledIn } from '../../schemas/scalars.ts';

export const duplicateContainerName: Rule = {
  id: 'compose/duplicate-container-name',
  level: 'error',
  title: 'Two services with one `container_name`',
  why: 'Two containers of one machine never have one name: Docker refuses the second.',
  mend: 'Leave `container_name` out (services find each other by their own names), or change one.',
  check: ({ composes }, say) => {
    sayTakenTwice(
      composes,
      ({ values }) =>
        mergedValues(values, 'container_name')
          .slice(-1)
          .map((value) => ({ key: value.text() ?? '', place: value.place }))
          .filter(({ key }) => key !== '' && !isFilledIn(key)),
      (name, { name: other }) => `\`${name}\` is ${other}'s container already`,
      say,
    );
  },
};

import { namesOf, namesUnder, sayUndeclared } from '../../common/compose-names.ts';
import type { Rule } from '../../rule.ts';

export const undefinedConfig: Rule = {
  id: 'compose/undefined-config',
  level: 'error',
  title: 'A config that is not declared',
  why: 'Compose refuses the project: nothing is started.',
  mend: 'Declare it under `configs` at the top of the file, or correct the name.',
  check: ({ composes }, say) => {
    sayUndeclared(
      composes,
      namesUnder(composes, 'configs'),
      (service) => namesOf(service, 'configs'),
      (name) => `the config \`${name}\` is not declared`,
      say,
    );
  },
};

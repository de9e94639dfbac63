import { namesOf, namesUnder, sayUndeclared } from '../../common/compose-names.ts';
import type { Rule } from '../../rule.ts';

export const undefinedSecret: Rule = {
  id: 'compose/undefined-secret',
  level: 'error',
  title: 'A secret that is not declared',
  why: 'Compose refuses the project: nothing is started.',
  mend: 'Declare it under `secrets` at the top of the file, or correct the name.',
  check: ({ composes }, say) => {
    sayUndeclared(
      composes,
      namesUnder(composes, 'secrets'),
      (service) => namesOf(service, 'secrets'),
      (name) => `the secret \`${name}\` is not declared`,
      say,
    );
  },
};

import { namesOf, namesUnder, sayUndeclared } from '../../common/compose-names.ts';
import type { Rule } from '../../rule.ts';

export const undefinedNetwork: Rule = {
  id: 'compose/undefined-network',
  level: 'error',
  title: 'A network that is not declared',
  why: 'Compose refuses the project: nothing is started.',
  mend: 'Declare it under `networks` at the top of the file, or correct the name.',
  check: ({ composes }, say) => {
    sayUndeclared(
      composes,
      new Set([...namesUnder(composes, 'networks'), 'default']),
      (service) => namesOf(service, 'networks'),
      (name) => `the network \`${name}\` is not declared`,
      say,
    );
  },
};

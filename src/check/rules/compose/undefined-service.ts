import type { Service } from '../../../stack/compose/index.ts';
import { mergedValues } from '../../../stack/compose/merged.ts';
import { namesOf, sayUndeclared } from '../../common/compose-names.ts';
import type { UsedName } from '../../common/compose-names.ts';
import { servicesOf } from '../../common/services.ts';
import type { Rule } from '../../rule.ts';

export const undefinedService: Rule = {
  id: 'compose/undefined-service',
  level: 'error',
  title: 'A service that is named and not there',
  why: 'Compose refuses the project: nothing is started.',
  mend: 'Correct the name, or add the service.',
  check: ({ composes }, say) => {
    sayUndeclared(
      composes,
      new Set(servicesOf(composes).map(({ name }) => name)),
      (service) => [...dependencies(service), ...linked(service), ...shared(service)],
      (name) => `there is no service \`${name}\``,
      say,
    );
  },
};

/** What is waited for; what isn't `required` may be missing. */
function dependencies(service: Service): UsedName[] {
  const optional = new Set(
    mergedValues(service.values, 'depends_on')
      .flatMap((value) => value.entries())
      .flatMap(({ key, value }) => (value.get('required').isFalse() ? [key] : [])),
  );
  return namesOf(service, 'depends_on').filter(({ text }) => !optional.has(text));
}

/** What it has links to (`db:database`), and whose volumes; those of a container are elsewhere. */
function linked(service: Service): UsedName[] {
  return ['links', 'volumes_from']
    .flatMap((key) => namesOf(service, key))
    .filter(({ text }) => !text.startsWith('container:'))
    .map(({ text, place }) => ({ text: text.replace(/:.*$/, ''), place }));
}

/** Whose network or processes it shares. */
function shared({ values }: Service): UsedName[] {
  return ['network_mode', 'pid', 'ipc']
    .flatMap((key) => mergedValues(values, key).slice(-1))
    .flatMap((value) => {
      const name = /^service:(.+)$/.exec(value.text() ?? '')?.[1];
      return name === undefined ? [] : [{ text: name, place: value.place }];
    });
}

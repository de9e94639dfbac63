import type { LabelMatcher } from '../../alertmanager/matchers.ts';
import { readConfiguration } from '../alertmanager.ts';
import type { Alertmanager, Form, Matchers, PlacedMatcher } from '../alertmanager.ts';
import type { StackDocument } from '../source/documents.ts';
import type { Value } from '../source/value.ts';

const NAMESPACE = 'namespace';
const OPERATORS = new Map<string, LabelMatcher['op']>([
  ['=', '='],
  ['!=', '!='],
  ['=~', '=~'],
  ['!~', '!~'],
]);
/** Where each list of matchers stands. */
const MATCHERS = { '': 'matchers', source_: 'sourceMatch', target_: 'targetMatch' } as const;

/** `group_wait` is `groupWait` in a resource. */
const FORM: Form = {
  key: (name) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  matchersOf: (value, side) => matchersIn(value.get(MATCHERS[side])),
};

/**
 * What an AlertmanagerConfig adds to an Alertmanager (pkg/alertmanager/amcfg.go): its route takes
 * the alerts of its own namespace only, and stands below a root that lies elsewhere.
 */
export function readAlertmanagerConfig({ file, root, namespace }: StackDocument): Alertmanager {
  const spec = root.get('spec');
  const read = readConfiguration(spec, FORM);
  if (read.route && namespace !== undefined) {
    const place = read.route.value.head;
    read.route.matchers.push({ label: NAMESPACE, op: '=', value: namespace, place });
  }
  return { file, root: spec, partial: true, ...read };
}

/** `{ name, value, matchType }`; in the first version of the resource `{ name, value, regex }`. */
function matchersIn(list: Value): Matchers {
  const read = list.items().map((one): PlacedMatcher | undefined => {
    const written = one.get('matchType').text() ?? (one.get('regex').isTrue() ? '=~' : '=');
    const [label, op] = [one.get('name').text(), OPERATORS.get(written)];
    return label === undefined || op === undefined
      ? undefined
      : { label, op, value: one.get('value').text() ?? '', place: one.head };
  });
  return {
    matchers: read.filter((one) => one !== undefined),
    unclear: read.includes(undefined),
  };
}

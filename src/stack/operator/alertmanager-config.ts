import type { LabelMatcher } from '../../alertmanager/matchers.ts';
import { parseDurationMs } from '../../lib/duration.ts';
import { DEFAULT_TIMES } from '../alertmanager.ts';
import type {
  Alertmanager,
  Inhibition,
  PlacedMatcher,
  Receiver,
  Route,
  RouteTimes,
} from '../alertmanager.ts';
import type { StackDocument } from '../source/documents.ts';
import type { Value } from '../source/value.ts';

const NAMESPACE = 'namespace';
const OPERATORS = new Map<string, LabelMatcher['op']>([
  ['=', '='],
  ['!=', '!='],
  ['=~', '=~'],
  ['!~', '!~'],
]);

/**
 * What an AlertmanagerConfig adds to an Alertmanager (pkg/alertmanager/amcfg.go): its route takes the alerts of its own
 * namespace only, and stands below a root that lies elsewhere.
 */
export function readAlertmanagerConfig({ file, root, namespace }: StackDocument): Alertmanager {
  const spec = root.get('spec');
  const own = spec.get('route');
  const route = own.isMap
    ? readRoute(own, { receiver: '', groupedBy: [], ...DEFAULT_TIMES })
    : undefined;
  if (route && namespace !== undefined)
    route.matchers.push({ label: NAMESPACE, op: '=', value: namespace, place: own.head });
  return {
    file,
    root: spec,
    partial: true,
    route,
    receivers: spec.get('receivers').items().map(readReceiver),
    inhibitions: spec.get('inhibitRules').items().map(readInhibition),
  };
}

type Inherited = Pick<Route, 'receiver' | 'groupedBy'> & RouteTimes;

function readRoute(value: Value, parent: Inherited): Route {
  const duration = (key: string, otherwise: number): number =>
    parseDurationMs(value.get(key).text() ?? '') ?? otherwise;
  const groupBy = value.get('groupBy').texts();
  const own: Inherited = {
    receiver: value.get('receiver').text() ?? parent.receiver,
    groupedBy: value.get('groupBy').exists ? groupBy.map(({ text }) => text) : parent.groupedBy,
    groupWaitMs: duration('groupWait', parent.groupWaitMs),
    groupIntervalMs: duration('groupInterval', parent.groupIntervalMs),
    repeatIntervalMs: duration('repeatInterval', parent.repeatIntervalMs),
  };
  return {
    ...own,
    ...matchersOf(value.get('matchers')),
    value,
    groupBy,
    continue: value.get('continue').isTrue(),
    muteTimeIntervals: value.get('muteTimeIntervals').texts(),
    activeTimeIntervals: value.get('activeTimeIntervals').texts(),
    routes: value
      .get('routes')
      .items()
      .map((v) => readRoute(v, own)),
  };
}

function readReceiver(value: Value): Receiver {
  return {
    name: value.get('name').text() ?? '',
    value,
    integrations: value
      .entries()
      .filter(({ key }) => key.endsWith('Configs'))
      .flatMap(({ key, value: list }) =>
        list.items().map((one) => {
          const kind = key.slice(0, -'Configs'.length);
          const sendResolved = one.get('sendResolved').isTrue();
          return { kind: kind.toLowerCase(), sendResolved, value: one };
        }),
      ),
  };
}

function readInhibition(value: Value): Inhibition {
  const [source, target] = [
    matchersOf(value.get('sourceMatch')),
    matchersOf(value.get('targetMatch')),
  ];
  return {
    value,
    source: source.matchers,
    target: target.matchers,
    unclear: source.unclear || target.unclear,
    equal: value.get('equal').texts(),
  };
}

/** `{ name, value, matchType }`; in the first version of the resource `{ name, value, regex }`. */
function matchersOf(list: Value): { matchers: PlacedMatcher[]; unclear: boolean } {
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

import type { LabelMatcher } from '../alertmanager/matchers.ts';
import { parseMatchers } from '../alertmanager/matchers.ts';
import { sendsResolved } from '../alertmanager/send-resolved.ts';
import { parseDurationMs } from '../lib/duration.ts';
import type { SourceFile } from './source/source-file.ts';
import type { Place, Value } from './source/value.ts';

export interface PlacedMatcher extends LabelMatcher {
  place: Place;
}

/** Alertmanager's defaults (dispatch/route.go, `DefaultRouteOpts`). */
export const DEFAULT_TIMES = {
  groupWaitMs: 30_000,
  groupIntervalMs: 300_000,
  repeatIntervalMs: 14_400_000,
};

/** Real-time ms; a route's own, or its parent's. */
export type RouteTimes = typeof DEFAULT_TIMES;

export interface Route extends RouteTimes {
  value: Value;
  /** Its own, or its parent's. */
  receiver: string;
  matchers: PlacedMatcher[];
  /** A matcher that isn't understood: then nothing is said about what the route takes. */
  unclear: boolean;
  continue: boolean;
  /** As it stands at this route. */
  groupBy: { text: string; value: Value }[];
  /** Labels that are grouped by: its own, or its parent's. */
  groupedBy: string[];
  /** Names of time intervals; they are not inherited. */
  muteTimeIntervals: { text: string; value: Value }[];
  activeTimeIntervals: { text: string; value: Value }[];
  routes: Route[];
}

export interface Integration {
  /** `slack`, `email`, `webhook`, … */
  kind: string;
  /** Whether it tells that an alert is over. */
  sendResolved: boolean;
  value: Value;
}

export interface Receiver {
  name: string;
  value: Value;
  integrations: Integration[];
}

export interface Inhibition {
  value: Value;
  source: PlacedMatcher[];
  target: PlacedMatcher[];
  unclear: boolean;
  equal: { text: string; value: Value }[];
}

/** The configuration of an Alertmanager, as far as it can be read. */
export interface Alertmanager {
  file: SourceFile;
  root: Value;
  /**
   * What an AlertmanagerConfig adds to a configuration that lies elsewhere: its root takes some
   * alerts only.
   */
  partial: boolean;
  /** In the form of an alertmanager.yml, where the operator makes it of resources. */
  made?: Record<string, unknown>;
  route: Route | undefined;
  receivers: Receiver[];
  inhibitions: Inhibition[];
}

/** How a document writes what an alertmanager.yml says. */
export interface Form {
  /** A key, by its name in an alertmanager.yml. */
  key: (name: string) => string;
  /** The matchers of a route, or of one side of an inhibition (`source_`). */
  matchersOf: (value: Value, side: '' | 'source_' | 'target_') => Matchers;
}

export interface Matchers {
  matchers: PlacedMatcher[];
  /** One of them isn't understood. */
  unclear: boolean;
}

const PLAIN: Form = { key: (name) => name, matchersOf };

/** A document with the configuration of an Alertmanager. */
export function readAlertmanager(file: SourceFile, root: Value): Alertmanager {
  return { file, root, partial: false, ...readConfiguration(root, PLAIN) };
}

/** Routes, receivers and inhibitions, in whichever form they are written. */
export function readConfiguration(
  root: Value,
  form: Form,
): Pick<Alertmanager, 'route' | 'receivers' | 'inhibitions'> {
  const maps = (key: string): Value[] =>
    root
      .get(form.key(key))
      .items()
      .filter((v) => v.isMap);
  const top = root.get('route');
  return {
    route: top.isMap
      ? readRoute(top, { receiver: '', groupedBy: [], ...DEFAULT_TIMES }, form)
      : undefined,
    receivers: maps('receivers').map((v) => readReceiver(v, form)),
    inhibitions: maps('inhibit_rules').map((v) => readInhibition(v, form)),
  };
}

function readReceiver(value: Value, form: Form): Receiver {
  const suffix = form.key('_configs');
  return {
    name: value.get('name').text() ?? '',
    value,
    integrations: value
      .entries()
      .filter(({ key }) => key.endsWith(suffix))
      .flatMap(({ key, value: list }) =>
        list.items().map((v) => integration(key.slice(0, -suffix.length).toLowerCase(), v, form)),
      ),
  };
}

function integration(kind: string, value: Value, form: Form): Integration {
  const written = value.get(form.key('send_resolved'));
  const said = written.isTrue() ? true : written.isFalse() ? false : undefined;
  return { kind, sendResolved: sendsResolved(kind, said), value };
}

function readInhibition(value: Value, form: Form): Inhibition {
  const [source, target] = [form.matchersOf(value, 'source_'), form.matchersOf(value, 'target_')];
  return {
    value,
    source: source.matchers,
    target: target.matchers,
    unclear: source.unclear || target.unclear,
    equal: value.get('equal').texts(),
  };
}

type Inherited = Pick<Route, 'receiver' | 'groupedBy'> & RouteTimes;

function readRoute(value: Value, parent: Inherited, form: Form): Route {
  const get = (key: string): Value => value.get(form.key(key));
  const duration = (key: string, otherwise: number): number =>
    parseDurationMs(get(key).text() ?? '') ?? otherwise;
  const groupBy = get('group_by').texts();
  const own: Inherited = {
    receiver: value.get('receiver').text() ?? parent.receiver,
    groupedBy: get('group_by').exists ? groupBy.map(({ text }) => text) : parent.groupedBy,
    groupWaitMs: duration('group_wait', parent.groupWaitMs),
    groupIntervalMs: duration('group_interval', parent.groupIntervalMs),
    repeatIntervalMs: duration('repeat_interval', parent.repeatIntervalMs),
  };
  return {
    ...own,
    ...form.matchersOf(value, ''),
    value,
    groupBy,
    continue: value.get('continue').isTrue(),
    muteTimeIntervals: get('mute_time_intervals').texts(),
    activeTimeIntervals: get('active_time_intervals').texts(),
    routes: value
      .get('routes')
      .items()
      .filter((v) => v.isMap)
      .map((v) => readRoute(v, own, form)),
  };
}

/** Today's list and the two maps of old. */
function matchersOf(value: Value, prefix: string): Matchers {
  const listed = value
    .get(`${prefix}matchers`)
    .texts()
    .map(({ text, value: v }) => ({ parsed: parseMatchers(text), place: v.place }));
  const maps = [
    ['match', '='],
    ['match_re', '=~'],
  ] as const;
  const old = maps.flatMap(([key, op]) =>
    value
      .get(`${prefix}${key}`)
      .entries()
      .map((e) => ({ label: e.key, op, value: e.value.text() ?? '', place: e.value.place })),
  );
  return {
    matchers: [
      ...listed.flatMap((l) => (l.parsed ?? []).map((m) => ({ ...m, place: l.place }))),
      ...old,
    ],
    unclear: listed.some((l) => l.parsed === undefined),
  };
}

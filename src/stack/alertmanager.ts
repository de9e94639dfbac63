import type { Matcher } from '../promql/ast.ts';
import type { SourceFile } from './source/source-file.ts';
import type { Place, Value } from './source/value.ts';
import { parseMatchers } from './matcher-text.ts';

export interface PlacedMatcher extends Pick<Matcher, 'label' | 'op' | 'value'> {
  place: Place;
}

export interface Route {
  value: Value;
  /** Its own, or its parent's. */
  receiver: string;
  matchers: PlacedMatcher[];
  /** A matcher that isn't understood: then nothing is said about what the route takes. */
  unclear: boolean;
  continue: boolean;
  groupBy: { text: string; value: Value }[];
  routes: Route[];
}

export interface Integration {
  /** `slack`, `email`, `webhook`, … */
  kind: string;
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

/** alertmanager.yml, as far as it can be read. */
export interface Alertmanager {
  file: SourceFile;
  root: Value;
  route: Route | undefined;
  receivers: Receiver[];
  inhibitions: Inhibition[];
}

export function readAlertmanager(file: SourceFile): Alertmanager {
  const { root } = file;
  return {
    file,
    root,
    route: root.get('route').isMap ? readRoute(root.get('route'), '') : undefined,
    receivers: root
      .get('receivers')
      .items()
      .filter((v) => v.isMap)
      .map((value) => ({
        name: value.get('name').text() ?? '',
        value,
        integrations: value
          .entries()
          .filter(({ key }) => key.endsWith('_configs'))
          .flatMap(({ key, value: list }) =>
            list.items().map((v) => ({ kind: key.slice(0, -'_configs'.length), value: v })),
          ),
      })),
    inhibitions: root
      .get('inhibit_rules')
      .items()
      .filter((v) => v.isMap)
      .map((value) => {
        const [source, target] = [matchersOf(value, 'source_'), matchersOf(value, 'target_')];
        return {
          value,
          source: source.matchers,
          target: target.matchers,
          unclear: source.unclear || target.unclear,
          equal: value.get('equal').texts(),
        };
      }),
  };
}

/** A route and all below it. */
export function flatten(route: Route): Route[] {
  return [route, ...route.routes.flatMap(flatten)];
}

function readRoute(value: Value, inherited: string): Route {
  const receiver = value.get('receiver').text() ?? inherited;
  const { matchers, unclear } = matchersOf(value, '');
  return {
    value,
    receiver,
    matchers,
    unclear,
    continue: value.get('continue').isTrue(),
    groupBy: value.get('group_by').texts(),
    routes: value
      .get('routes')
      .items()
      .filter((v) => v.isMap)
      .map((v) => readRoute(v, receiver)),
  };
}

/** Today's list and the two maps of old. */
function matchersOf(value: Value, prefix: string): { matchers: PlacedMatcher[]; unclear: boolean } {
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

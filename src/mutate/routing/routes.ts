import { formatDuration, parseDurationMs } from '../../lib/duration.ts';
import type { PlacedRoute, RoutingMutation, RoutingOperator } from './operator.ts';

/** An operator that looks at each route by itself. */
function perRoute(
  id: string,
  mutate: (placed: PlacedRoute, receivers: string[]) => Omit<RoutingMutation, 'subject'>[],
): RoutingOperator {
  return {
    id,
    mutations: ({ alertmanager, routes }) => {
      const receivers = alertmanager.receivers.map(({ name }) => name);
      return routes.flatMap((placed) =>
        mutate(placed, receivers).map((one) => ({ subject: placed.subject, ...one })),
      );
    },
  };
}

/** Another of the receivers that there are. */
const receiverSwapped = perRoute('receiver-swapped', ({ route, path }, receivers) => {
  const value = route.value.get('receiver');
  const others = value.exists ? receivers.filter((name) => name !== route.receiver) : [];
  return others.map((becomes) => ({
    value,
    was: route.receiver,
    becomes,
    edits: [{ path: [...path, 'receiver'], value: becomes }],
  }));
});

const NEGATED: Record<string, string> = { '=': '!=', '!=': '=', '=~': '!~', '!~': '=~' };

/** Of today's lists: a matcher that is gone, turned, or has a value that nothing has. */
const matcherBroken = perRoute('route-matcher-broken', ({ route, path }) =>
  route.value
    .get('matchers')
    .texts()
    .flatMap(({ text, value }, i) => {
      const parts = /^(.*?)(=~|!~|!=|=)"?(.*?)"?$/.exec(text);
      const [, label = '', op = '', wanted = ''] = parts ?? [];
      const texts = parts
        ? [`${label}${NEGATED[op] ?? op}"${wanted}"`, `${label}${op}"${wanted}x"`]
        : [];
      const at = [...path, 'matchers', i];
      return [
        ...texts.map((becomes) => ({
          value,
          was: text,
          becomes,
          edits: [{ path: at, value: becomes }],
        })),
        { value, was: text, becomes: '', edits: [{ path: at }] },
      ];
    }),
);

const continueFlipped = perRoute('continue-flipped', ({ route, path }) => {
  if (path.length === 1) return [];
  const becomes = !route.continue;
  const value = route.value.get('continue');
  const edits = [{ path: [...path, 'continue'], value: becomes }];
  return [
    {
      value: value.exists ? value : route.value,
      was: String(route.continue),
      becomes: String(becomes),
      edits,
    },
  ];
});

/** Two neighbours that have changed places. */
const routesReordered = perRoute('routes-reordered', ({ route, path }) =>
  route.routes.slice(1).map((second, i) => ({
    value: second.value,
    was: `route ${i + 1} before route ${i + 2}`,
    becomes: `route ${i + 2} before route ${i + 1}`,
    edits: [
      { path: [...path, 'routes', i + 1] },
      { path: [...path, 'routes', i], value: second.value.json(), insert: true },
    ],
  })),
);

const routeDeleted = perRoute('route-deleted', ({ route, path, subject }) =>
  path.length === 1 ? [] : [{ value: route.value, was: subject, becomes: '', edits: [{ path }] }],
);

/** A wait half and twice as long; what is inherited is written where it is. */
function waitChanged(key: string): RoutingOperator {
  return perRoute(`${key.replaceAll('_', '-')}-changed`, ({ route, path }) => {
    const value = route.value.get(key);
    const ms = parseDurationMs(value.text() ?? '');
    if (ms === undefined) return [];
    const others = ms > 0 ? [ms / 2, ms * 2] : [60_000];
    return others.map((other) => ({
      value,
      was: value.text() ?? '',
      becomes: formatDuration(other),
      edits: [{ path: [...path, key], value: formatDuration(other) }],
    }));
  });
}

const groupByChanged = perRoute('group-by-changed', ({ route, path }) => {
  const value = route.value.get('group_by');
  if (!value.exists) return [];
  const labels = route.groupBy.map(({ text }) => text);
  const others = [
    ...labels.map((gone) => labels.filter((label) => label !== gone)),
    [...labels, 'instance'],
    ['...'],
  ];
  return others.map((becomes) => ({
    value,
    was: labels.join(', '),
    becomes: becomes.join(', '),
    edits: [{ path: [...path, 'group_by'], value: becomes }],
  }));
});

/**
 * Everybody sleeps at some hour of the week: a mute time that was meant for something else, or
 * active times.
 */
function silencedBy(key: 'mute_time_intervals' | 'active_time_intervals'): RoutingOperator {
  const id = key === 'mute_time_intervals' ? 'muted-at-times' : 'active-at-times';
  const interval = {
    name: 'quiet-hours',
    time_intervals: [
      { weekdays: ['saturday'], times: [{ start_time: '02:00', end_time: '03:00' }] },
    ],
  };
  return {
    id,
    mutations: ({ alertmanager: { root }, routes }) =>
      routes
        // The root may have none (config/config.go, `UnmarshalYAML`).
        .filter(({ path }) => path.length > 1)
        .map(({ route, path, subject }) => ({
          subject,
          value: route.value,
          was: '',
          becomes: `${key}: saturday 02:00 to 03:00`,
          edits: [
            {
              path: ['time_intervals'],
              value: [
                ...((root.get('time_intervals').json() as unknown[] | undefined) ?? []),
                interval,
              ],
            },
            { path: [...path, key], value: [interval.name] },
          ],
        })),
  };
}

export const ROUTE_OPERATORS: RoutingOperator[] = [
  receiverSwapped,
  matcherBroken,
  continueFlipped,
  routesReordered,
  routeDeleted,
  waitChanged('group_wait'),
  waitChanged('group_interval'),
  waitChanged('repeat_interval'),
  groupByChanged,
  silencedBy('mute_time_intervals'),
  silencedBy('active_time_intervals'),
];

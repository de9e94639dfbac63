import { z } from 'zod';
import type { Route } from '../model/spec.ts';
import { oneOf } from './issue-text.ts';
import { matcherLists, matchersOf } from './matchers.ts';
import { duration, interval, name, openList, strict } from './schema.ts';
import type { Path, YamlSource } from './yaml-source.ts';

type Inherited = Pick<
  Route,
  'receiver' | 'groupBy' | 'groupWaitMs' | 'groupIntervalMs' | 'repeatIntervalMs'
>;

/** Alertmanager's defaults (dispatch/route.go, `DefaultRouteOpts`). */
const DEFAULTS: Inherited = {
  receiver: '',
  groupBy: [],
  groupWaitMs: 30_000,
  groupIntervalMs: 300_000,
  repeatIntervalMs: 14_400_000,
};
const schema = strict(
  {
    receiver: name.optional(),
    group_by: z.array(name).optional(),
    group_wait: duration.optional(),
    group_interval: interval.optional(),
    repeat_interval: interval.optional(),
    ...matcherLists(''),
    continue: z.boolean().default(false),
    routes: openList.optional(),
  },
  'mute_time_intervals active_time_intervals',
);

/**
 * The tree of routes, each with the values that it inherits. What is wrong is added to the source's problems.
 * @param receivers names that exist; undefined when they aren't known
 */
export function readRoute(source: YamlSource, receivers: string[] | undefined): Route {
  const read = (path: Path, parent: Inherited): Route => {
    const raw = source.check(schema, path);
    const root = parent === DEFAULTS;
    if (root && raw && raw.receiver === undefined)
      source.say(
        [...path, 'receiver'],
        'the root route has no receiver',
        oneOf('', receivers ?? []),
      );
    if (raw?.receiver !== undefined && receivers && !receivers.includes(raw.receiver))
      source.say(
        [...path, 'receiver'],
        `the receiver \`${raw.receiver}\` doesn't exist`,
        oneOf(raw.receiver, receivers),
      );
    const matchers = raw ? matchersOf(source, path, '', raw) : [];
    if (root && matchers.length > 0)
      source.say(path, 'the root route has matchers', 'none: it takes every alert', true);
    const own: Inherited = {
      receiver: raw?.receiver ?? parent.receiver,
      groupBy: raw?.group_by ?? parent.groupBy,
      groupWaitMs: raw?.group_wait ?? parent.groupWaitMs,
      groupIntervalMs: raw?.group_interval ?? parent.groupIntervalMs,
      repeatIntervalMs: raw?.repeat_interval ?? parent.repeatIntervalMs,
    };
    return {
      ...own,
      matchers,
      continue: raw?.continue ?? false,
      source: source.at(path),
      routes: source.entries([...path, 'routes']).map((child) => read(child, own)),
    };
  };
  // A file without a route has said so already.
  return source.get(['route']) === undefined
    ? { ...DEFAULTS, matchers: [], continue: false, routes: [], source: source.at([]) }
    : read(['route'], DEFAULTS);
}

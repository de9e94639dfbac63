import { formatMatcher } from '../alertmanager/matchers.ts';
import { z } from 'zod';
import type { Route } from '../model/spec.ts';
import { DEFAULT_TIMES } from '../stack/alertmanager.ts';
import type { Route as StackRoute } from '../stack/alertmanager.ts';
import { oneOf } from './issue-text.ts';
import { checkMatchers, matcherLists } from './matchers.ts';
import { duration, interval, name, openList, strict } from './schema.ts';
import type { Path, YamlSource } from './yaml-source.ts';

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
 * The tree of routes, held against its schema; each with the values that it inherits. What is wrong
 * is added to the source's problems.
 * @param receivers names that exist; undefined when they aren't known
 */
export function readRoute(
  source: YamlSource,
  root: StackRoute | undefined,
  receivers: string[] | undefined,
): Route {
  // A file without a route has said so already.
  if (!root)
    return {
      ...DEFAULT_TIMES,
      receiver: '',
      groupBy: [],
      matchers: [],
      continue: false,
      routes: [],
      source: source.at([]),
    };
  if (root.receiver === '')
    source.say(['route', 'receiver'], 'the root route has no receiver', oneOf('', receivers ?? []));
  if (root.matchers.length > 0)
    source.say(['route'], 'the root route has matchers', 'none: it takes every alert', true);
  return checked(source, ['route'], root, receivers);
}

function checked(
  source: YamlSource,
  path: Path,
  route: StackRoute,
  receivers: string[] | undefined,
): Route {
  source.check(schema, path);
  checkMatchers(source, path, '');
  const named = source.get([...path, 'receiver']);
  if (typeof named === 'string' && receivers && !receivers.includes(named))
    source.say(
      [...path, 'receiver'],
      `the receiver \`${named}\` doesn't exist`,
      oneOf(named, receivers),
    );
  for (const child of source.entries([...path, 'routes']))
    if (!route.routes.some((one) => source.isAt(child, one.value))) source.check(schema, child);
  return {
    receiver: route.receiver,
    groupBy: route.groupedBy,
    groupWaitMs: route.groupWaitMs,
    groupIntervalMs: route.groupIntervalMs,
    repeatIntervalMs: route.repeatIntervalMs,
    matchers: route.matchers.map(formatMatcher),
    continue: route.continue,
    source: source.at(path),
    routes: source.entries([...path, 'routes']).flatMap((child) => {
      const one = route.routes.find((other) => source.isAt(child, other.value));
      return one ? [checked(source, child, one, receivers)] : [];
    }),
  };
}

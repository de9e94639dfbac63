import { SELDOM_KEYS, tellsNever, weeklyOf } from '../../alertmanager/time-intervals.ts';
import type { WeeklyInterval } from '../../alertmanager/time-intervals.ts';
import { passes } from '../../promql/matchers.ts';
import { matchRoutes } from '../../alertmanager/routing.ts';
import type { Alertmanager } from '../../stack/alertmanager.ts';
import type { Notified } from './alert-relabelling.ts';
import { plainMap, wordOf } from './plain.ts';

type Plain = Record<string, unknown>;
/** An alternative of a named time interval, with where its clock is. */
interface Alternative extends WeeklyInterval {
  name: string;
  location: string;
}

const LISTS = ['time_intervals', 'mute_time_intervals'];
const ROUTE_KEYS = ['mute_time_intervals', 'active_time_intervals'];

/**
 * An alertmanager.yml whose routes tell at any hour, but for those that never do: a run takes place
 * at one hour of one day, and what it proves holds for the others.
 * @returns the names of the time intervals that routes don't heed any more
 */
export function atAnyHour(config: Plain): { config: Plain; taken: string[] } {
  const alternatives = alternativesIn(config);
  const taken = new Set<string>();
  const opened = (route: Plain): Plain => {
    const routes = mapsIn(route['routes']).map(opened);
    const own = 'routes' in route ? { ...route, routes } : route;
    const [mute = [], active = []] = ROUTE_KEYS.map((key) => wordsIn(route[key]));
    if (mute.length + active.length === 0 || isSilent(mute, active, alternatives)) return own;
    for (const name of [...mute, ...active]) taken.add(name);
    return Object.fromEntries(Object.entries(own).filter(([key]) => !ROUTE_KEYS.includes(key)));
  };
  const { route } = config;
  return isPlain(route)
    ? { config: { ...config, route: opened(route) }, taken: [...taken] }
    : { config, taken: [] };
}

/** Names of the time intervals by which the routes of an alert never tell anybody. */
export function holdingBack(
  alertmanager: Alertmanager | undefined,
  { labels, isOpen }: Notified,
): string[] {
  if (!alertmanager?.route) return [];
  // Where a label that isn't known decides, no name is better than a wrong one.
  const routes = matchRoutes(alertmanager.route, ({ matchers }) => {
    const results = matchers.map((matcher) =>
      isOpen(matcher.label) ? undefined : passes(matcher, labels[matcher.label] ?? ''),
    );
    return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
  });
  const alternatives = alternativesIn(alertmanager.made ?? plainMap(alertmanager.root));
  const named = (routes ?? []).flatMap(({ muteTimeIntervals, activeTimeIntervals }) => {
    const [mute, active] = [muteTimeIntervals, activeTimeIntervals].map((all) =>
      all.map(({ text }) => text),
    ) as [string[], string[]];
    return isSilent(mute, active, alternatives) ? [...mute, ...active] : [];
  });
  return [...new Set(named)];
}

/** Whether a route with these time intervals tells at no minute of any week. */
function isSilent(mute: string[], active: string[], all: readonly Alternative[]): boolean {
  const of = (names: string[]): Alternative[] => all.filter(({ name }) => names.includes(name));
  const asked = active.length > 0 ? of(active) : undefined;
  const muted = of(mute);
  const locations = [...new Set([...muted, ...(asked ?? [])].map(({ location }) => location))];
  // Clocks of several places can't be laid on each other: one of them has to mute it alone.
  return locations.length > 1
    ? locations.some((place) =>
        tellsNever(
          muted.filter(({ location }) => location === place),
          undefined,
        ),
      )
    : tellsNever(muted, asked);
}

function alternativesIn(config: Plain): Alternative[] {
  return LISTS.flatMap((key) => mapsIn(config[key])).flatMap((named) =>
    mapsIn(named['time_intervals']).map((one) => ({
      ...weeklyOf({
        times: mapsIn(one['times']).map((range) => ({
          from: wordOf(range['start_time']),
          to: wordOf(range['end_time']),
        })),
        weekdays: wordsIn(one['weekdays']),
        seldom: SELDOM_KEYS.some((seldom) => one[seldom] !== undefined),
      }),
      name: wordOf(named['name']),
      location: wordOf(one['location']),
    })),
  );
}

function mapsIn(value: unknown): Plain[] {
  return Array.isArray(value) ? value.filter(isPlain) : [];
}

function wordsIn(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map((one) => wordOf(one)).filter(Boolean);
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

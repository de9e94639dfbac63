import { SELDOM_KEYS, tellsAlways, weeklyOf } from '../alertmanager/time-intervals.ts';
import type { WeeklyInterval } from '../alertmanager/time-intervals.ts';
import { passesAll } from '../alertmanager/matchers.ts';
import { routesFor } from '../alertmanager/routing.ts';
import type { Alertmanager, Inhibition, RouteTimes } from './alertmanager.ts';
import type { Value } from './source/value.ts';

export type Labels = Readonly<Record<string, string>>;

/** How one receiver is told of an alert. */
export interface Telling extends RouteTimes {
  receiver: string;
  /** Sorted. */
  groupedBy: string[];
  /** Whether it is told at each minute of every week. */
  always: boolean;
  value: Value;
}

/**
 * Everybody who is told of an alert with exactly these labels; undefined when that can't be known.
 */
export function tellingsOf(alertmanager: Alertmanager, labels: Labels): Telling[] | undefined {
  const { route, root } = alertmanager;
  if (!route || alertmanager.partial) return undefined;
  return routesFor(route, labels)?.map((taken) => {
    const intervals = (names: { text: string }[]): WeeklyInterval[] =>
      names.flatMap(({ text }) => intervalsNamed(root, text));
    const active = taken.activeTimeIntervals;
    return {
      receiver: taken.receiver,
      groupedBy: taken.groupedBy.toSorted(),
      groupWaitMs: taken.groupWaitMs,
      groupIntervalMs: taken.groupIntervalMs,
      repeatIntervalMs: taken.repeatIntervalMs,
      always: tellsAlways(
        intervals(taken.muteTimeIntervals),
        active.length > 0 ? intervals(active) : undefined,
      ),
      value: taken.value,
    };
  });
}

/**
 * The inhibition by which one alert silences another (inhibit/inhibit.go, `Mutes`); undefined when
 * none does.
 * @param by labels of the alert that fires
 * @param of labels of the one that would be told
 */
export function silencing(
  { inhibitions }: Alertmanager,
  by: Labels,
  of: Labels,
): Inhibition | undefined {
  return inhibitions.find(({ source, target, equal, unclear }) => {
    if (unclear || passesAll(source, by) !== true || passesAll(target, of) !== true) return false;
    // What is on both sides of a rule isn't silenced by what is on both sides too.
    if (passesAll(target, by) === true && passesAll(source, of) === true) return false;
    return equal.every(({ text }) => (by[text] ?? '') === (of[text] ?? ''));
  });
}

/** The alternatives of a named interval, in today's list or that of old. */
function intervalsNamed(root: Value, name: string): WeeklyInterval[] {
  return ['time_intervals', 'mute_time_intervals']
    .flatMap((key) => root.get(key).items())
    .filter((value) => value.get('name').text() === name)
    .flatMap((value) => value.get('time_intervals').items().map(alternativeOf));
}

function alternativeOf(value: Value): WeeklyInterval {
  const times = value.get('times').items();
  return weeklyOf({
    times: times.map((range) => ({
      from: range.get('start_time').text() ?? '',
      to: range.get('end_time').text() ?? '',
    })),
    weekdays: value
      .get('weekdays')
      .texts()
      .map(({ text }) => text),
    seldom: SELDOM_KEYS.some((key) => value.get(key).exists),
  });
}

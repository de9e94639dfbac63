/**
 * A stretch of a day, minutes from midnight; the end is exclusive (timeinterval/timeinterval.go,
 * `TimeRange`).
 */
export interface TimeRange {
  fromMinute: number;
  toMinute: number;
}

/** One of a time interval's alternatives, as far as a week can tell. */
export interface WeeklyInterval {
  /** None: the whole day. */
  times: TimeRange[];
  /** Days of the week from 0, Sunday, to 6; none: all. */
  weekdays: number[];
  /** Whether it holds in some weeks only: it names days of a month, months or years. */
  seldom: boolean;
}

const DAY_MINUTES = 24 * 60;
export const WEEK_MINUTES = 7 * DAY_MINUTES;

/** Whether a minute of a week lies within an interval, in a week in which it holds. */
export function isWithin({ times, weekdays }: WeeklyInterval, minuteOfWeek: number): boolean {
  const day = Math.floor(minuteOfWeek / DAY_MINUTES);
  const minute = minuteOfWeek % DAY_MINUTES;
  return (
    (weekdays.length === 0 || weekdays.includes(day)) &&
    (times.length === 0 ||
      times.some(({ fromMinute, toMinute }) => minute >= fromMinute && minute < toMinute))
  );
}

/**
 * Whether a route tells at each minute of every week (notify/notify.go, `TimeMuteStage` and
 * `TimeActiveStage`).
 * @param mute alternatives of all its mute time intervals
 * @param active likewise; undefined when it names none, and is always active
 */
export function tellsAlways(mute: WeeklyInterval[], active: WeeklyInterval[] | undefined): boolean {
  const surely = active?.filter(({ seldom }) => !seldom);
  for (let minute = 0; minute < WEEK_MINUTES; minute++) {
    if (mute.some((interval) => isWithin(interval, minute))) return false;
    if (surely && !surely.some((interval) => isWithin(interval, minute))) return false;
  }
  return true;
}

/**
 * Whether a route tells at no minute of any week.
 * @param mute alternatives of all its mute time intervals
 * @param active likewise; undefined when it names none, and is always active
 */
export function tellsNever(mute: WeeklyInterval[], active: WeeklyInterval[] | undefined): boolean {
  const surely = mute.filter(({ seldom }) => !seldom);
  for (let minute = 0; minute < WEEK_MINUTES; minute++) {
    const isMuted = surely.some((interval) => isWithin(interval, minute));
    const isActive = active?.some((interval) => isWithin(interval, minute)) ?? true;
    if (isActive && !isMuted) return false;
  }
  return true;
}

/** A time interval's alternative as a file writes it. */
export interface WrittenInterval {
  times: { from: string; to: string }[];
  weekdays: string[];
  seldom: boolean;
}

/** Keys by which an alternative holds in some weeks only. */
export const SELDOM_KEYS = ['days_of_month', 'months', 'years'];

/** What of an alternative isn't understood counts as not written. */
export function weeklyOf({ times, weekdays, seldom }: WrittenInterval): WeeklyInterval {
  return {
    times: times.flatMap((range) => {
      const [fromMinute, toMinute] = [parseTimeOfDay(range.from), parseTimeOfDay(range.to)];
      return fromMinute === undefined || toMinute === undefined ? [] : [{ fromMinute, toMinute }];
    }),
    weekdays: weekdays.flatMap((text) => parseWeekdays(text) ?? []),
    seldom,
  };
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** `monday:friday`, `saturday`; undefined when it is none. */
export function parseWeekdays(text: string): number[] | undefined {
  const [from, to = from] = text
    .toLowerCase()
    .split(':')
    .map((day) => DAYS.indexOf(day.trim()));
  if (from === undefined || to === undefined || from < 0 || to < from) return undefined;
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** `09:30`, `24:00`; undefined when it is none. */
export function parseTimeOfDay(text: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(text) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  return minute <= DAY_MINUTES ? minute : undefined;
}

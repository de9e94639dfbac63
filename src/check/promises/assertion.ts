import { seriesText } from '../../lib/series-text.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Span } from './courses.ts';

/** What an alert is at a moment; `active`: pending or firing. */
export type State = 'silent' | 'pending' | 'firing' | 'active';

/** One statement about an alert at a moment. */
export interface Assertion {
  /** Number within all tests: promtool's output tells it. */
  id: number;
  alert: string;
  /** What must be, for people: `firing at 5m30s`. */
  says: string;
  state: State;
  atMs: number;
  expr: string;
  /** How many instances must be in this state. */
  count: 0 | 1;
}

/**
 * What the one instance that fires at a moment carries, and what people read of it: exactly these.
 */
export interface Reading {
  id: number;
  alert: string;
  says: string;
  atMs: number;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** One world and what must be seen in it. */
export interface TestGroup {
  name: string;
  alert: string;
  /** Evaluation interval of the alert's group, as the rule has it. */
  evaluationMs: number;
  scrapeMs: number;
  series: { series: string; values: string }[];
  assertions: Assertion[];
  readings: Reading[];
}

/** Makes the statements about one alert. @param labels those of the instance that is provoked */
export function statementsOf(
  alert: string,
  labels: Record<string, string>,
  nextId: () => number,
): (span: Span, evaluationMs: number) => Assertion[] {
  const one = (state: State, atMs: number, says: string, what: string): Assertion => {
    const id = nextId();
    const expr = `count(${what}) # ${id}: ${says}`;
    return { id, alert, says, state, atMs, expr, count: state === 'silent' ? 0 : 1 };
  };
  return ({ state, fromMs, toMs, asOne }, evaluationMs) => {
    const selector = selectorOf(alert, state, labels);
    if (asOne) {
      const range = formatDuration(toMs - fromMs + evaluationMs);
      const says = `${state} from ${formatDuration(fromMs)} to ${formatDuration(toMs)}`;
      return [one(state, toMs, says, `count_over_time(${selector}[${range}])`)];
    }
    return Array.from(
      { length: Math.max(0, Math.floor((toMs - fromMs) / evaluationMs) + 1) },
      (_, i) => {
        const atMs = fromMs + i * evaluationMs;
        return one(state, atMs, `${state} at ${formatDuration(atMs)}`, selector);
      },
    );
  };
}

/** Silent means that no instance at all is active. */
function selectorOf(alert: string, state: State, labels: Record<string, string>): string {
  const matched = {
    alertname: alert,
    ...(state === 'pending' || state === 'firing' ? { alertstate: state } : {}),
    ...(state === 'silent' ? {} : labels),
  };
  return seriesText('ALERTS', matched);
}

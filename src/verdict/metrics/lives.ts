import { componentSignal, spanOfName } from '../../lib/plan-names.ts';
import type { Span } from '../../model/load-plan.ts';
import type { MetricContext } from './context.ts';

/** A service from its start until it was surely stopped. Times are epoch ms. */
export interface Life {
  name: string;
  fromMs: number;
  toMs: number;
  /** When it was begun to be stopped; Infinity where it never was. */
  stoppedAtMs: number;
  exact: string[];
  unsure: string[];
}

/**
 * The lives of a service: from each start until it was surely stopped, with the spans whose
 * requests it has answered.
 */
export function livesOf(c: MetricContext, spans: Span[]): Life[] {
  const lives: Life[] = [];
  let fromMs = c.evidence.startedAt;
  const stops = c.evidence.timeline
    .filter((entry) => entry.signal === componentSignal(c.job) && entry.level === 0)
    .sort((a, b) => a.doneAt - b.doneAt);
  let name = '';
  let exact: string[] = [];
  for (const span of spans) {
    if (span.exact) {
      name ||= span.name;
      exact.push(span.name);
    } else if (spanOfName(span.name).part === 'end') {
      const stop = stops[lives.length];
      const toMs = stop?.doneAt ?? Infinity;
      const stoppedAtMs = stop?.at ?? Infinity;
      lives.push({ name, fromMs, toMs, stoppedAtMs, exact, unsure: [span.name] });
      fromMs = toMs + 1;
      [name, exact] = ['', []];
    } else exact.push(span.name);
  }
  return [...lives, { name, fromMs, toMs: Infinity, stoppedAtMs: Infinity, exact, unsure: [] }];
}

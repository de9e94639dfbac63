import { COMPONENT, actsOn } from '../../lib/components.ts';
import { spanOfName } from '../../lib/plan-names.ts';
import type { Span } from '../../model/load-plan.ts';
import type { MetricContext } from './context.ts';

/** A service from its start until it was surely stopped. Times are epoch ms. */
export interface Life {
  name: string;
  fromMs: number;
  toMs: number;
  /** When it was begun to be stopped; Infinity where it never was. */
  stoppedAtMs: number;
  /** Spans whose answers it gave, all of them. */
  answered: string[];
  /** Those in which it was there all the time: what wasn't answered may have been counted too. */
  exact: string[];
  /** Spans of whose answers it may have lost some before a scrape. */
  unsure: string[];
}

/**
 * The lives of a service: from each start until it was surely stopped, with the spans whose
 * requests it has answered.
 */
export function livesOf(c: MetricContext, spans: Span[]): Life[] {
  const stops = actsOn(c.evidence.timeline, c.job).filter(
    ({ level }) => level === COMPONENT.stopped,
  );
  const lives: Life[] = [];
  let life = begun(c.evidence.startedAt);
  for (const span of spans) {
    if (!span.exact && spanOfName(span.name).part === 'end') {
      const stop = stops[lives.length];
      const toMs = stop?.doneAt ?? Infinity;
      const stoppedAtMs = stop?.at ?? Infinity;
      lives.push({ ...life, toMs, stoppedAtMs, unsure: [span.name] });
      life = begun(toMs + 1);
      continue;
    }
    life.answered.push(span.name);
    if (!span.exact) continue;
    life.name ||= span.name;
    life.exact.push(span.name);
  }
  return [...lives, life];
}

function begun(fromMs: number): Life {
  const never = { toMs: Infinity, stoppedAtMs: Infinity };
  return { name: '', fromMs, ...never, answered: [], exact: [], unsure: [] };
}

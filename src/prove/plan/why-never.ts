import { formatDuration } from '../../lib/duration.ts';
import { passes } from '../../promql/matchers.ts';
import type { Labels } from '../../promql/relabel.ts';
import type { Stack } from '../../stack/index.ts';
import type { Prometheus } from '../../stack/prometheus.ts';
import type { Rule } from '../../stack/rules.ts';
import type { Unplaced } from './on-target.ts';
import { whyNotLoaded } from './loaded.ts';
import { laterByMs } from './recorded-gaps.ts';
import { ruleReads } from './rule-reads.ts';
import type { RuleRead } from './rule-reads.ts';
import type { JobTargets } from './target.ts';
import { needsTwo } from './windows.ts';

/** What an alert lives among. */
interface Surroundings {
  prometheus: Prometheus | undefined;
  rules: Stack['rules'];
  jobs: readonly JobTargets[];
}

/**
 * Why what an alert can't do without is never there for it, whatever its targets export: what
 * records it isn't loaded, or writes only what is too old to be found, or a window holds one scrape
 * where two are needed.
 * @returns undefined where nothing of that is so
 */
export function whyNever(
  rule: Rule,
  around: Surroundings,
  through: readonly Rule[] = [],
): Unplaced | undefined {
  if (through.includes(rule)) return undefined;
  for (const read of ruleReads(rule).filter((one) => one.isNeeded)) {
    const recorders = around.rules.filter((r) => r.kind === 'record' && r.name === read.name);
    const reasons = recorders.map((recorder) => whyNotRead(recorder, rule, read, around));
    const [first] = reasons;
    if (first && reasons.every((reason) => reason !== undefined)) return first;
    if (recorders.length === 0) {
      const seldom = tooSeldom(read, around);
      if (seldom) return seldom;
    }
    const [only, ...more] = recorders;
    const deeper =
      only && more.length === 0 ? whyNever(only, around, [...through, rule]) : undefined;
    if (deeper) return deeper;
  }
  return undefined;
}

function whyNotRead(
  recorder: Rule,
  reader: Rule,
  { name, windowMs, isShifted }: RuleRead,
  around: Surroundings,
): Unplaced | undefined {
  const unloaded = whyNotLoaded(around.prometheus, recorder.group);
  if (unloaded) return { ...unloaded, reason: `it reads ${name}, and ${unloaded.reason}` };
  const laterMs = laterByMs(recorder.group, reader.group, around);
  if (isShifted || laterMs < windowMs) return undefined;
  return {
    reason:
      `group ${recorder.group.name} records ${name} as of ${formatDuration(laterMs)} ago ` +
      `(query_offset), and ${reader.name} finds none older than ${formatDuration(windowMs)}`,
    place: recorder.group.value.get('query_offset').place,
  };
}

/** Where every job that may have a metric is scraped so seldom that a window never holds two. */
function tooSeldom(
  { name, selector, windowMs, takenBy }: RuleRead,
  { jobs, prometheus }: Surroundings,
): Unplaced | undefined {
  if (!needsTwo({ takenBy })) return undefined;
  const mayBeOf = (labels: Labels): boolean =>
    selector.matchers.every(
      (m) => !(m.label in labels) || passes(m, labels[m.label] ?? '') !== false,
    );
  const having = jobs.filter(
    ({ config, isMadeUp, targets }) =>
      config['honor_labels'] === true || isMadeUp || targets.some((t) => mayBeOf(t.labels)),
  );
  const intervals = having.map(
    (job) => prometheus?.jobs.find((one) => one.name === job.name)?.intervalMs ?? 0,
  );
  if (intervals.length === 0 || intervals.some((ms) => ms < windowMs)) return undefined;
  const names = having.map((job) => job.name).join(', ');
  return {
    reason:
      `${takenBy} needs two samples, and ${formatDuration(windowMs)} of ${name} hold one: ` +
      `${names} is scraped every ${formatDuration(Math.min(...intervals))}`,
  };
}

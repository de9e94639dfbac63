import { groupOf } from '../lib/rule-groups.ts';
import type { PrometheusApi } from '../lib/prometheus-api.ts';
import { unlessRefused } from '../lib/refused-query.ts';
import type { GroupHealth } from '../model/evidence.ts';
import { eachExpr } from '../promql/ast.ts';
import type { Selector } from '../promql/ast.ts';
import { passes } from '../promql/matchers.ts';
import { parseExpr } from '../promql/parse.ts';
import { inFlightAt, withoutInFlight } from './in-flight.ts';
import type { Scrape } from './in-flight.ts';
import { beforeLaterRules } from './order.ts';
import type { AlertingRule, RecordingRule, ReplayGroup } from './rules.ts';

/** One series of what a recording rule wrote at one evaluation. */
interface Written {
  labels: Record<string, string>;
  value: number;
}

/** What a run evaluated, and when. */
export interface Timetable {
  healths: GroupHealth[];
  /** Of each group, until when scrapes had to end to be seen by an evaluation; epoch ms. */
  seen: Map<GroupHealth, Map<number, number>>;
  scrapes: Scrape[];
  /** How long Prometheus looks back for a sample, ms. */
  lookbackMs: number;
}

/**
 * What recording rules that the run didn't have would have written, put into the expressions that
 * look at them: the run's blocks can't be written to, so a selector is replaced by the series that
 * it would have found, as literals.
 */
export class Recordings {
  private readonly api: Pick<PrometheusApi, 'instant'>;
  private readonly groups: ReplayGroup[];
  private readonly changed: Set<string>;
  private readonly timetable: Timetable;
  private readonly written = new Map<string, Promise<Written[]>>();

  /**
   * @param groups the rules that are replayed
   * @param changed names whose recording rules, or what leads to them, the run didn't have
   */
  constructor(
    api: Pick<PrometheusApi, 'instant'>,
    groups: ReplayGroup[],
    changed: Set<string>,
    timetable: Timetable,
  ) {
    this.api = api;
    this.groups = groups;
    this.changed = changed;
    this.timetable = timetable;
  }

  /** A rule's expression as it would have been evaluated at one of its group's times. */
  async expressionAt(
    rule: AlertingRule | RecordingRule,
    group: ReplayGroup,
    at: number,
  ): Promise<string> {
    const parsed = parseExpr(rule.expr);
    const found: Selector[] = [];
    if ('expr' in parsed)
      eachExpr(parsed.expr, (part) => {
        if (part.type === 'selector' && this.changed.has(part.name ?? '')) found.push(part);
      });
    let text = rule.expr;
    for (const selector of found.sort((a, b) => b.from - a.from)) {
      const series = await this.seenBy(rule, group, at, selector);
      text = text.slice(0, selector.from) + literal(series) + text.slice(selector.to);
    }
    const health = groupOf(this.timetable.healths, group);
    const seen = health && this.timetable.seen.get(health)?.get(at);
    const hidden = inFlightAt(this.timetable.scrapes, at, seen);
    return withoutInFlight(beforeLaterRules(rule, group, text), hidden);
  }

  /** What of a recorded name a rule would have found at an evaluation of its group. */
  private async seenBy(
    reader: AlertingRule | RecordingRule,
    group: ReplayGroup,
    at: number,
    selector: Selector,
  ): Promise<Written[]> {
    const found = this.groups.flatMap((other) =>
      other.rules
        .filter((rule) => rule.kind === 'record')
        .filter(({ name }) => name === selector.name)
        .map(async (rule) => {
          const isBefore =
            other === group && group.rules.indexOf(rule) < group.rules.indexOf(reader);
          const when = isBefore ? at : this.lastBefore(other, group, at);
          return when === undefined ? [] : this.writtenAt(rule, other, when);
        }),
    );
    return (await Promise.all(found)).flat().filter(({ labels }) => matches(selector, labels));
  }

  /**
   * The last evaluation of a group that was over when another one's began, unless it is too long
   * ago to be found.
   */
  private lastBefore(group: ReplayGroup, reading: ReplayGroup, at: number): number | undefined {
    const { healths, lookbackMs } = this.timetable;
    const [own, other] = [groupOf(healths, group), groupOf(healths, reading)];
    const began = this.beganAt(other, at);
    const last = own?.evaluations.findLast((one) =>
      own === other ? one < at : this.beganAt(own, one) < began,
    );
    return last !== undefined && at - last <= lookbackMs ? last : undefined;
  }

  private beganAt(health: GroupHealth | undefined, at: number): number {
    return (health && this.timetable.seen.get(health)?.get(at)) ?? at;
  }

  private writtenAt(rule: RecordingRule, group: ReplayGroup, at: number): Promise<Written[]> {
    const key = JSON.stringify([group.file, group.name, group.rules.indexOf(rule), at]);
    const written = this.written.get(key) ?? this.evaluated(rule, group, at);
    this.written.set(key, written);
    return written;
  }

  /** A query that is refused writes nothing. */
  private async evaluated(rule: RecordingRule, group: ReplayGroup, at: number): Promise<Written[]> {
    const expr = await this.expressionAt(rule, group, at);
    const results = (await unlessRefused(this.api.instant(expr, at))) ?? [];
    return results.map(({ labels, value }) => ({
      labels: { ...labels, ...rule.labels, __name__: rule.name },
      value,
    }));
  }
}

function matches({ matchers }: Selector, labels: Record<string, string>): boolean {
  return matchers.every((matcher) => passes(matcher, labels[matcher.label] ?? '') === true);
}

/** Series as an expression that gives exactly them. */
function literal(series: Written[]): string {
  if (series.length === 0) return '(vector(0) > 0)';
  const each = series.map(({ labels, value }) =>
    Object.entries(labels).reduce(
      // A dollar in a replacement names a group of the pattern.
      (expr, [name, text]) =>
        `label_replace(${expr}, ${JSON.stringify(name)}, ${JSON.stringify(text.replaceAll('$', '$$$$'))}, "", "")`,
      `vector(${numberText(value)})`,
    ),
  );
  return `(${each.join(' or ')})`;
}

function numberText(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}

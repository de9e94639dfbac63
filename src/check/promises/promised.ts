import { parseDurationMs } from '../../lib/duration.ts';
import { LIMIT } from '../../lib/limit.ts';
import type { Place, Value } from '../../stack/source/value.ts';
import type { Stack } from '../../stack/index.ts';
import { promisedEntries } from '../../stack/promised-rules.ts';
import type { Rule } from '../../stack/rules.ts';

/**
 * One alert that the contract promises, as far as its unit test needs it. Durations are real-time
 * ms.
 */
export interface Promised {
  name: string;
  /** All that the contract says of it. */
  value: Value;
  /** Its rule's expression. */
  expr: string | undefined;
  severity: string | undefined;
  /** Undefined when it is no duration. */
  forMs: number | undefined;
  keepFiringMs: number | undefined;
  everyMs: number | undefined;
  windowMs: number;
  labels: Record<string, string>;
  kind: string | undefined;
  service: string | undefined;
  near: number | undefined;
  over: number | undefined;
  calm: number | undefined;
  /** Where it turns, in the stimulus's own unit. */
  limit: Limit | undefined;
  /** What people read just beyond the limit, by annotation; labels are named as `$job`. */
  reads: Record<string, string> | undefined;
  /** Names of receivers that must be told; undefined when the contract names none. */
  receivers: string[] | undefined;
  place: Place;
  /** The rule of this name; undefined when there is none. */
  rule: Rule | undefined;
}

/** On which side of a level an alert is active. */
export interface Limit {
  op: '>' | '>=' | '<' | '<=';
  level: number;
}

/** The alerts of the contract, each with its rule. */
export function promisedAlerts({ contract, rules }: Stack): Promised[] {
  return promisedEntries(contract, rules).map(({ name, value, rule }) => {
    const stimulus = value.get('stimulus');
    const duration = (name: string): number | undefined =>
      parseDurationMs(value.get(name).text() ?? '');
    return {
      name,
      value,
      expr: value.get('expr').text(),
      severity: value.get('severity').text(),
      // What a partial contract leaves open is as the rule has it.
      forMs: value.has('for') ? duration('for') : rule?.forMs,
      keepFiringMs: duration('keep_firing_for'),
      everyMs: duration('every'),
      windowMs: duration('window') ?? 0,
      labels: textsIn(value.get('labels')),
      kind: stimulus.get('kind').text(),
      service: stimulus.get('service').text(),
      near: stimulus.get('near').number(),
      over: stimulus.get('over').number(),
      calm: stimulus.get('calm').number(),
      limit: limitIn(value.get('limit').text() ?? ''),
      reads: value.get('reads').isMap ? textsIn(value.get('reads')) : undefined,
      receivers: value.get('receivers').isList
        ? value
            .get('receivers')
            .texts()
            .map((t) => t.text)
        : undefined,
      place: value.keyPlace,
      rule,
    };
  });
}

function textsIn(map: Value): Record<string, string> {
  return Object.fromEntries(
    map.entries().flatMap(({ key, value }) => {
      const text = value.text();
      return text === undefined ? [] : [[key, text]];
    }),
  );
}

/** `> 0.8`; undefined when it is something else. */
function limitIn(text: string): Limit | undefined {
  const [, op, level] = LIMIT.exec(text) ?? [];
  return op === undefined ? undefined : { op: op as Limit['op'], level: Number(level) };
}

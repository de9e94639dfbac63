import { parseDurationMs } from '../../lib/duration.ts';
import type { Place } from '../../stack/source/value.ts';
import type { Stack } from '../../stack/index.ts';
import type { Rule } from '../../stack/rules.ts';

/** One alert that the contract promises, as far as its unit test needs it. Durations are real-time ms. */
export interface Promised {
  name: string;
  severity: string | undefined;
  forMs: number | undefined;
  everyMs: number | undefined;
  windowMs: number;
  labels: Record<string, string>;
  kind: string | undefined;
  service: string | undefined;
  near: number | undefined;
  over: number | undefined;
  calm: number | undefined;
  /** Names of receivers that must be told; undefined when the contract names none. */
  receivers: string[] | undefined;
  place: Place;
  /** The rule of this name; undefined when there is none. */
  rule: Rule | undefined;
}

/** The alerts of the contract, each with its rule. */
export function promisedAlerts({ contract, rules }: Stack): Promised[] {
  return (contract?.root.get('alerts').entries() ?? []).map(({ key, value }) => {
    const stimulus = value.get('stimulus');
    const duration = (name: string): number | undefined =>
      parseDurationMs(value.get(name).text() ?? '');
    return {
      name: key,
      severity: value.get('severity').text(),
      forMs: duration('for'),
      everyMs: duration('every'),
      windowMs: duration('window') ?? 0,
      labels: Object.fromEntries(
        value
          .get('labels')
          .entries()
          .flatMap((e) => (e.value.text() === undefined ? [] : [[e.key, e.value.text() ?? '']])),
      ),
      kind: stimulus.get('kind').text(),
      service: stimulus.get('service').text(),
      near: stimulus.get('near').number(),
      over: stimulus.get('over').number(),
      calm: stimulus.get('calm').number(),
      receivers: value.get('receivers').isList
        ? value
            .get('receivers')
            .texts()
            .map((t) => t.text)
        : undefined,
      place: value.keyPlace,
      rule: rules.find((rule) => rule.kind === 'alert' && rule.name === key),
    };
  });
}

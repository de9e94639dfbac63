import { prometheusFunctions } from './functions/prometheus.ts';
import type { GoFunction } from './functions/signature.ts';
import { SOME_TEXT, float, struct, text } from './values.ts';
import type { GoMap, GoValue } from './values.ts';

/** What a template is filled in with. */
export interface World {
  dot: GoValue;
  variables: Readonly<Record<string, GoValue>>;
  functions: Readonly<Record<string, GoFunction>>;
}

/** Labels that are never numbers, by a typical value. */
const TYPICAL: Readonly<Record<string, string>> = {
  job: 'api',
  instance: 'host-1.example.org:9100',
};

/**
 * What a rule's annotation or label sees of an alert (rules/alerting.go, `Eval`).
 * @param value the alert's value
 * @param labels those whose value is known
 */
export function ruleWorld(value: number, labels: ReadonlyMap<string, string>): World {
  const known: GoMap = {
    kind: 'map',
    entries: new Map(
      Object.entries({ ...TYPICAL, ...Object.fromEntries(labels) }).map(([name, one]) => [
        name,
        text(one),
      ]),
    ),
    other: SOME_TEXT,
  };
  const external: GoMap = { kind: 'map', entries: new Map(), other: SOME_TEXT };
  return {
    dot: struct('the alert', {
      Labels: known,
      ExternalLabels: external,
      ExternalURL: SOME_TEXT,
      Value: float(value),
    }),
    variables: {
      labels: known,
      externalLabels: external,
      externalURL: SOME_TEXT,
      value: float(value),
    },
    functions: prometheusFunctions(value),
  };
}

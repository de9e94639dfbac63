import { ALERTMANAGER_FUNCTIONS } from './functions/alertmanager.ts';
import { prometheusFunctions } from './functions/prometheus.ts';
import type { GoFunction } from './functions/signature.ts';
import { SOME_TEXT, float, struct, text } from './values.ts';
import type { GoMap, GoValue, List } from './values.ts';

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

/**
 * What a notification's text sees of a group of one firing and one resolved alert
 * (template/template.go, `Data`).
 */
export function notificationWorld(): World {
  const [firing, resolved] = [alertOf('firing'), alertOf('resolved')];
  const alerts: List = {
    kind: 'list',
    items: [firing, resolved],
    methods: {
      Firing: { kind: 'list', items: [firing] },
      Resolved: { kind: 'list', items: [resolved] },
    },
  };
  return {
    dot: struct('the notification', {
      Receiver: SOME_TEXT,
      Status: text('firing'),
      Alerts: alerts,
      GroupLabels: pairs(),
      CommonLabels: pairs(),
      CommonAnnotations: pairs(),
      ExternalURL: SOME_TEXT,
      NotificationReason: SOME_TEXT,
    }),
    variables: {},
    functions: ALERTMANAGER_FUNCTIONS,
  };
}

function alertOf(status: string): GoValue {
  return struct('an alert', {
    Status: text(status),
    Labels: pairs(),
    Annotations: pairs(),
    StartsAt: { kind: 'time' },
    EndsAt: { kind: 'time' },
    GeneratorURL: SOME_TEXT,
    Fingerprint: SOME_TEXT,
  });
}

/** Labels or annotations with what can be asked of them (`KV`). */
function pairs(): GoMap {
  const texts: List = { kind: 'list', items: [SOME_TEXT] };
  const sorted: List = {
    kind: 'list',
    items: [struct('a pair', { Name: SOME_TEXT, Value: SOME_TEXT })],
    methods: { Names: texts, Values: texts, String: SOME_TEXT },
  };
  const rest: GoMap = {
    kind: 'map',
    entries: new Map(),
    other: SOME_TEXT,
    methods: { SortedPairs: sorted, Names: texts, Values: texts },
  };
  return { ...rest, methods: { ...rest.methods, Remove: rest } };
}

import { ALERTMANAGER_FUNCTIONS } from './functions/alertmanager.ts';
import { pairs } from './pairs.ts';
import { SOME_TEXT, struct, text } from './values.ts';
import type { GoValue, List } from './values.ts';
import type { World } from './world.ts';

/** One alert of those that are told together. */
export interface ToldAlert {
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** Unix ms. */
  startsMs: number;
  /** Unix ms; undefined: it still fires. */
  endsMs: number | undefined;
}

/** Alerts that are told together, all of which is known. */
export interface ToldTogether {
  receiver: string;
  alerts: readonly ToldAlert[];
  /** Labels by which they were put together. */
  groupBy: readonly string[];
}

/**
 * What a notification's text sees of a group of alerts (template/template.go of Alertmanager,
 * `Data`).
 * @param told undefined: any group of one firing and one resolved alert
 */
export function notificationWorld(told?: ToldTogether): World {
  const alerts = told ? told.alerts.map(alertOf) : [alertOf('firing'), alertOf('resolved')];
  const withStatus = (status: string): List => ({
    kind: 'list',
    items: alerts.filter((alert) => statusOf(alert) === status),
  });
  const firing = withStatus('firing');
  const common = (key: 'labels' | 'annotations'): GoValue =>
    pairs(told && inCommon(told.alerts.map((alert) => alert[key])));
  const ofGroup = told && grouped(told);
  return {
    dot: struct('the notification', {
      Receiver: told ? text(told.receiver) : SOME_TEXT,
      Status: text(firing.items.length > 0 ? 'firing' : 'resolved'),
      Alerts: {
        kind: 'list',
        items: alerts,
        methods: { Firing: firing, Resolved: withStatus('resolved') },
      },
      GroupLabels: pairs(ofGroup),
      CommonLabels: common('labels'),
      CommonAnnotations: common('annotations'),
      ExternalURL: SOME_TEXT,
      NotificationReason: SOME_TEXT,
    }),
    variables: {},
    functions: ALERTMANAGER_FUNCTIONS,
  };
}

/** @param told one alert, or only its status: the rest is anything then */
function alertOf(told: ToldAlert | 'firing' | 'resolved'): GoValue {
  const alert = typeof told === 'string' ? undefined : told;
  const over = alert ? alert.endsMs !== undefined : told === 'resolved';
  const { startsMs, endsMs } = alert ?? {};
  return struct('an alert', {
    Status: text(over ? 'resolved' : 'firing'),
    Labels: pairs(alert?.labels),
    Annotations: pairs(alert?.annotations),
    StartsAt: { kind: 'time', ...(startsMs === undefined ? {} : { ms: startsMs }) },
    EndsAt: { kind: 'time', ...(endsMs === undefined ? {} : { ms: endsMs }) },
    GeneratorURL: SOME_TEXT,
    Fingerprint: SOME_TEXT,
  });
}

function statusOf(alert: GoValue): string | undefined {
  const status = alert.kind === 'struct' ? alert.fields.get('Status') : undefined;
  return status?.kind === 'string' ? status.text : undefined;
}

/** What all of them have, with the same value. */
function inCommon(maps: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const [first = {}] = maps;
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) => maps.every((map) => map[key] === value)),
  );
}

/** All labels where they are put together by `...`. */
function grouped({ alerts, groupBy }: ToldTogether): Record<string, string> {
  const labels = alerts[0]?.labels ?? {};
  if (groupBy.includes('...')) return { ...labels };
  return Object.fromEntries(
    groupBy.flatMap((label) => (label in labels ? [[label, labels[label] ?? '']] : [])),
  );
}

import type { Value } from '../source/value.ts';

type Plain = Record<string, unknown>;

/** Keys that aren't simply written in another way. */
const KEYS: Readonly<Record<string, string>> = {
  sourceMatch: 'source_matchers',
  targetMatch: 'target_matchers',
  muteTimeIntervals: 'mute_time_intervals',
  urlSecret: 'url',
};
/** Lists of pairs that are maps in an alertmanager.yml. */
const MAPS = new Set(['details', 'headers', 'customFields']);
const MATCHERS = new Set(['matchers', 'sourceMatch', 'targetMatch']);
/** How one logs in lies in the cluster, and the run's receivers ask nobody. */
const LEFT_OUT = new Set(['httpConfig', 'tlsConfig', 'sigv4']);
/** What stands for a secret of the cluster: a placeholder, which every run fills in. */
const SECRET = '<secret>';

/** An AlertmanagerConfig's `spec` in the form of an alertmanager.yml, as plain data. */
export function inPlainForm(spec: Value): {
  route: Plain;
  receivers: Plain[];
  inhibit_rules: unknown[];
  time_intervals: unknown[];
} {
  const maps = (key: string): Plain[] => {
    const list = spec.get(key).json();
    return Array.isArray(list) ? (list as unknown[]).filter(isMap) : [];
  };
  const route = spec.get('route').json();
  return {
    route: isMap(route) ? plain(route) : {},
    receivers: maps('receivers').map(receiver),
    inhibit_rules: maps('inhibitRules').map(plain),
    time_intervals: maps('muteTimeIntervals').map(({ name, timeIntervals }) => ({
      name,
      time_intervals: Array.isArray(timeIntervals) ? timeIntervals.filter(isMap).map(interval) : [],
    })),
  };
}

/** Discord is told at a URL that the resource has under another name. */
function receiver(written: Plain): Plain {
  const made = plain(written);
  const discord = made['discord_configs'];
  if (!Array.isArray(discord)) return made;
  const renamed = (discord as Plain[]).map(({ api_url: url, ...rest }) => ({
    ...rest,
    webhook_url: url,
  }));
  return { ...made, discord_configs: renamed };
}

function plain(map: Plain): Plain {
  return Object.fromEntries(
    Object.entries(map)
      .filter(([key]) => !LEFT_OUT.has(key))
      .map(([key, value]) => [KEYS[key] ?? snake(key), valueOf(key, value)]),
  );
}

function valueOf(key: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    const maps = (value as unknown[]).filter(isMap);
    if (MATCHERS.has(key)) return maps.map(matcher);
    if (MAPS.has(key)) return Object.fromEntries(maps.map((one) => [one['key'], one['value']]));
    return (value as unknown[]).map((one) => (isMap(one) ? plain(one) : one));
  }
  if (!isMap(value)) return value;
  const isSecret = typeof value['key'] === 'string' && typeof value['name'] === 'string';
  return isSecret ? SECRET : plain(value);
}

/** `{ name, value, matchType }`; in the first version of the resource `{ name, value, regex }`. */
function matcher({ name, value, matchType, regex }: Plain): string {
  const op = typeof matchType === 'string' ? matchType : regex === true ? '=~' : '=';
  return `${String(name)}${op}${JSON.stringify(value ?? '')}`;
}

function interval(written: Plain): Plain {
  const days = written['daysOfMonth'];
  const { daysOfMonth: _, ...rest } = written;
  void _;
  return {
    ...plain(rest),
    ...(Array.isArray(days)
      ? {
          days_of_month: days.filter(isMap).map((d) => `${String(d['start'])}:${String(d['end'])}`),
        }
      : {}),
  };
}

/** `apiURL` is `api_url`. */
function snake(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

function isMap(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

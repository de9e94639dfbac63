import { relabel } from '../../promql/relabel.ts';
import type { Labels, RelabelRule } from '../../promql/relabel.ts';
import type { Floats } from './stored-bounds.ts';

/** A target of a scrape job as Prometheus will see it. */
export interface JobTarget {
  /** Before relabelling: what the discovery says. */
  discovered: Labels;
  /** After it: those that its series get. */
  labels: Labels;
  host: string;
  port: number;
  protocol: 'http' | 'https';
  path: string;
  params: Record<string, string>;
}

/** What a scrape asks for, as a key: whoever asks for the same is answered alike. */
export function scrapedAddress(target: JobTarget): string {
  const known = addresses.get(target);
  if (known !== undefined) return known;
  const { protocol, host, port, path, params } = target;
  const address = JSON.stringify([protocol, host, port, path, inOrder(params)]);
  addresses.set(target, address);
  return address;
}

/** Each is asked for with every alert, and nobody changes a target. */
const addresses = new WeakMap<JobTarget, string>();

/** The same key for targets that Prometheus takes for one: alike in all labels as well. */
export function targetKey(target: JobTarget): string {
  return JSON.stringify([scrapedAddress(target), inOrder(target.labels)]);
}

function inOrder(labels: Labels): [string, string][] {
  return Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A scrape job of the stack with the targets that answer for it. */
export interface JobTargets {
  name: string;
  /** The job as plain data. */
  config: Record<string, unknown>;
  /** How often it is scraped; undefined for what isn't the stack's. */
  intervalMs?: number;
  targets: JobTarget[];
  /** Whether its targets were made up, for nobody knows what is discovered. */
  isMadeUp: boolean;
  /** Whether Prometheus stores its numbers in `le` and `quantile` in a form of its own. */
  floats?: Floats | undefined;
  /** Why it has none: the number of the relabelling rule that drops whatever was tried. */
  droppedBy: number | undefined;
}

/** What relabelling leaves of what a discovery says, or the number of the rule that drops it. */
export type Attempt = { target: JobTarget } | { droppedBy: number };

/** A target as it is after relabelling. */
export function attempt(discovered: Labels, rules: RelabelRule[]): Attempt {
  const result = relabel(discovered, rules);
  if ('droppedBy' in result) return result;
  const target = targetOf(discovered, result.labels);
  return target ? { target } : { droppedBy: rules.length - 1 };
}

function targetOf(discovered: Labels, labels: Labels): JobTarget | undefined {
  const protocol = labels['__scheme__'] === 'https' ? 'https' : 'http';
  const address = labels['__address__'] ?? '';
  const match = /^\[?([^\]/]+?)\]?(?::(\d+))?$/.exec(address);
  if (!match?.[1]) return undefined;
  const names = Object.keys(labels).filter((name) => name.startsWith('__param_'));
  return {
    discovered,
    labels: {
      instance: address,
      ...Object.fromEntries(Object.entries(labels).filter(([name]) => !name.startsWith('__'))),
    },
    host: match[1],
    port: Number(match[2] ?? (protocol === 'https' ? 443 : 80)),
    protocol,
    path: (labels['__metrics_path__'] ?? '/metrics').split('?')[0] ?? '',
    params: Object.fromEntries(
      names.map((name) => [name.slice('__param_'.length), labels[name] ?? '']),
    ),
  };
}

import { wordOf } from './plain.ts';
import { nameMatches } from './sd-files.ts';
import type { SdFile } from './sd-files.ts';
import { actionOf, joined, patternOf, relabel, sourcesOf } from '../../promql/relabel.ts';
import type { Labels, RelabelRule } from '../../promql/relabel.ts';
import { valueFor } from './regex-value.ts';

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

/** A scrape job of the stack with the targets that answer for it. */
export interface JobTargets {
  name: string;
  /** The job as plain data. */
  config: Record<string, unknown>;
  targets: JobTarget[];
  /** Whether its targets were made up, for nobody knows what is discovered. */
  isMadeUp: boolean;
  /** Why it has none: the number of the relabelling rule that drops whatever was tried. */
  droppedBy: number | undefined;
}

const MADE_UP_PORT = 9090;
const MOST_TRIES = 20;

/**
 * The targets of a job: those it names, those of its discovery files, else one that passes its
 * relabelling.
 */
export function targetsOf(config: Record<string, unknown>, files: SdFile[]): JobTargets {
  const name = wordOf(config['job_name']);
  const known = [...groupsOf(config['static_configs']), ...filesOf(config, files)];
  const rules = listOf(config['relabel_configs']);
  const discovers = Object.keys(config).some((key) => key.endsWith('_sd_configs'));
  const isMadeUp = known.length === 0 && discovers;
  const found = (isMadeUp ? [madeUp(name)] : known).map((labels) =>
    isMadeUp
      ? passing(defaultsOf(labels, config), rules)
      : attempt(defaultsOf(labels, config), rules),
  );
  const kept = found.flatMap((one) => ('target' in one ? [one.target] : []));
  const dropped = found.flatMap((one) => ('droppedBy' in one ? [one.droppedBy] : []));
  return {
    name,
    config,
    targets: kept,
    isMadeUp,
    droppedBy: kept.length > 0 ? undefined : dropped[0],
  };
}

function madeUp(job: string): Labels {
  const host = job
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return { __address__: `${host || 'target'}.discovered:${MADE_UP_PORT}` };
}

/** What a scrape pool adds before relabelling (scrape/target.go, `PopulateLabels`). */
function defaultsOf(labels: Labels, config: Record<string, unknown>): Labels {
  const params = Object.entries((config['params'] ?? {}) as Record<string, unknown>);
  return {
    job: wordOf(config['job_name']),
    __scheme__: wordOf(config['scheme'], 'http'),
    __metrics_path__: wordOf(config['metrics_path'], '/metrics'),
    ...Object.fromEntries(
      params.map(([key, values]) => [`__param_${key}`, wordOf((values as unknown[])[0])]),
    ),
    ...labels,
  };
}

type Attempt = { target: JobTarget } | { droppedBy: number };

function attempt(discovered: Labels, rules: RelabelRule[]): Attempt {
  const result = relabel(discovered, rules);
  if ('droppedBy' in result) return result;
  const target = targetOf(discovered, result.labels);
  return target ? { target } : { droppedBy: rules.length - 1 };
}

/** Gives a made-up target whatever `__meta_` labels let it pass. */
function passing(start: Labels, rules: RelabelRule[]): Attempt {
  let discovered = { ...metaOf(rules), ...start };
  let last = attempt(discovered, rules);
  for (let tries = 0; 'droppedBy' in last && tries < MOST_TRIES; tries++) {
    const rule = rules[last.droppedBy];
    const repaired = rule && repair(discovered, rule);
    if (!repaired) break;
    discovered = repaired;
    last = attempt(discovered, rules);
  }
  return last;
}

/** A word for every label that the rules look at, so that what they copy isn't empty. */
function metaOf(rules: RelabelRule[]): Labels {
  const names = rules.flatMap((rule) =>
    actionOf(rule) === 'replace' ? sourcesOf(rule).filter((n) => n.startsWith('__meta_')) : [],
  );
  return Object.fromEntries(names.map((name) => [name, wordFor(name, rules)]));
}

function wordFor(name: string, rules: RelabelRule[]): string {
  if (/port(_number)?$/.test(name)) return String(MADE_UP_PORT);
  if (/scheme$/.test(name)) return 'http';
  if (/path$/.test(name)) return '/metrics';
  if (/(_ip|address)$/.test(name)) return '127.0.8.1';
  const alone = rules.find((rule) => sourcesOf(rule).length === 1 && sourcesOf(rule)[0] === name);
  return (alone && valueFor(patternOf(alone))) || 'x';
}

/** Other values for what a rule compares, so that it lets pass. */
function repair(labels: Labels, rule: RelabelRule): Labels | undefined {
  const free = sourcesOf(rule).filter((name) => name.startsWith('__meta_'));
  if (free.length === 0) return undefined;
  if (actionOf(rule) === 'drop') {
    const empty = Object.fromEntries(free.map((name) => [name, labels[name] ? '' : 'other']));
    return { ...labels, ...empty };
  }
  const wanted = valueFor(patternOf(rule));
  if (wanted === undefined || actionOf(rule) !== 'keep') return undefined;
  const separator = wordOf(rule['separator'], ';');
  const parts = sourcesOf(rule).length === 1 ? [wanted] : wanted.split(separator);
  const pairs = sourcesOf(rule).map((name, i): [string, string] => [name, parts[i] ?? '']);
  const repaired = { ...labels, ...Object.fromEntries(pairs.filter(([n]) => free.includes(n))) };
  return joined(repaired, rule) === joined(labels, rule) ? undefined : repaired;
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

/** Target groups: each target with its group's labels. */
function groupsOf(groups: unknown): Labels[] {
  return listOf(groups).flatMap((group) => {
    const labels = Object.entries((group['labels'] ?? {}) as Record<string, unknown>);
    const targets = Array.isArray(group['targets']) ? group['targets'].map(String) : [];
    return targets.map((target) => ({
      __address__: target,
      ...Object.fromEntries(labels.map(([name, value]) => [name, String(value)])),
    }));
  });
}

/** Targets of the discovery files that lie in the stack's folder. */
function filesOf(config: Record<string, unknown>, files: SdFile[]): Labels[] {
  const patterns = listOf(config['file_sd_configs']).flatMap(({ files: names }) =>
    Array.isArray(names) ? names.map(String) : [],
  );
  return files
    .filter(({ path }) => patterns.some((pattern) => nameMatches(pattern, path)))
    .flatMap(({ path, groups }) =>
      groupsOf(groups).map((labels) => ({ ...labels, __meta_filepath: path })),
    );
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value)
    ? value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null)
    : [];
}

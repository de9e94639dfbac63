import { actionOf, joined, patternOf, relabel, sourcesOf } from '../../promql/relabel.ts';
import type { Labels, RelabelRule } from '../../promql/relabel.ts';
import { samplesAround } from '../../promql/regex/sample.ts';
import { wordOf } from './plain.ts';
import { valueFor } from './regex-value.ts';
import { attempt } from './target.ts';
import type { Attempt, JobTarget, JobTargets } from './target.ts';

const MADE_UP_PORT = 9090;
const MOST_TRIES = 20;

/** So many targets are made up for a job; each is asked at every scrape. */
const MOST_TARGETS = 100;

/** What a discovery says of a target that nobody knows. */
export function madeUp(job: string): Labels {
  const host = job
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return { __address__: `${host || 'target'}.discovered:${MADE_UP_PORT}` };
}

/** Gives a made-up target whatever `__meta_` labels let it pass. */
export function passing(start: Labels, rules: RelabelRule[]): Attempt {
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

/**
 * One more target of a job whose targets are made up, such that its series have these labels: its
 * discovery may find targets of any kind.
 * @param others targets that the job doesn't have yet, and shall have
 * @returns undefined where relabelling gives none of them
 */
export function anotherTarget(
  { isMadeUp, targets, config }: JobTargets,
  wanted: Labels,
  others: readonly JobTarget[],
): JobTarget | undefined {
  const number = targets.length + others.length + 1;
  const [model] = targets;
  if (!isMadeUp || !model || number > MOST_TARGETS) return undefined;
  const written = config['relabel_configs'];
  const rules = Array.isArray(written) ? (written as RelabelRule[]) : [];
  let discovered: Labels = { ...model.discovered, __address__: addressOf(model, number) };
  for (const [label, value] of Object.entries(wanted)) {
    const tries = waysToGive(label, value, rules).map((way) => ({ ...discovered, ...way }));
    const gives = (labels: Labels): boolean => {
      const result = relabel(labels, rules);
      return 'labels' in result && result.labels[label] === value;
    };
    discovered = tries.find(gives) ?? discovered;
  }
  const made = passing(discovered, rules);
  const target = 'target' in made ? made.target : undefined;
  const has = ([label, value]: [string, string]): boolean => target?.labels[label] === value;
  return Object.entries(wanted).every(has) ? target : undefined;
}

/** The address of the model, with a number behind its first name. */
function addressOf({ discovered }: JobTarget, number: number): string {
  return (discovered['__address__'] ?? '').replace(/^[^.:]*/, (name) => `${name}-${number}`);
}

/** What relabelling may be given so that a label gets a value, for the last rule first. */
export function waysToGive(label: string, value: string, rules: readonly RelabelRule[]): Labels[] {
  const ways = rules.toReversed().flatMap((rule): Labels[] => {
    const pattern = patternOf(rule);
    if (actionOf(rule) === 'labelmap')
      return samplesAround(pattern, label).map((name) => ({ [name]: value }));
    const [source, ...more] = sourcesOf(rule);
    if (rule['target_label'] !== label || source === undefined || more.length > 0) return [];
    return [value, ...samplesAround(pattern, value)].map((text) => ({ [source]: text }));
  });
  return label === 'instance' ? [...ways, { __address__: value }] : ways;
}

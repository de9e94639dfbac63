import { createHash } from 'node:crypto';
import { captured, expand } from './regex/capture.ts';
import { matchesWhole } from './regex/match.ts';

/** One entry of `relabel_configs` or `metric_relabel_configs`, as plain data. */
export type RelabelRule = Record<string, unknown>;
export type Labels = Record<string, string>;

/** What became of a label set: dropped by which rule (its number), or its labels. */
export type Relabelled = { labels: Labels } | { droppedBy: number };

/** Applies relabelling rules in their order, as Prometheus does (model/relabel/relabel.go). */
export function relabel(labels: Labels, rules: RelabelRule[]): Relabelled {
  let current: Labels = { ...labels };
  for (const [number, rule] of rules.entries()) {
    const next = applied(current, rule);
    if (!next) return { droppedBy: number };
    current = next;
  }
  return {
    labels: Object.fromEntries(Object.entries(current).filter(([, value]) => value !== '')),
  };
}

/** Names of the labels that a rule looks at. */
export function sourcesOf(rule: RelabelRule): string[] {
  const names = rule['source_labels'];
  return Array.isArray(names) ? names.map(String) : [];
}

/** The value that a rule compares. */
export function joined(labels: Labels, rule: RelabelRule): string {
  return sourcesOf(rule)
    .map((name) => labels[name] ?? '')
    .join(textOf(rule, 'separator', ';'));
}

/** What a rule does, in lower case; `replace` where it says nothing. */
export function actionOf(rule: RelabelRule): string {
  return textOf(rule, 'action', 'replace').toLowerCase();
}

/**
 * The regular expression that a rule matches the value with; one that takes anything where it says
 * nothing.
 */
export function patternOf(rule: RelabelRule): string {
  return textOf(rule, 'regex', '(.*)');
}

function applied(labels: Labels, rule: RelabelRule): Labels | undefined {
  const value = joined(labels, rule);
  const target = textOf(rule, 'target_label', '');
  const pattern = patternOf(rule);
  switch (actionOf(rule)) {
    case 'keep':
      return matchesWhole(pattern, value) ? labels : undefined;
    case 'drop':
      return matchesWhole(pattern, value) ? undefined : labels;
    case 'keepequal':
      return value === (labels[target] ?? '') ? labels : undefined;
    case 'dropequal':
      return value === (labels[target] ?? '') ? undefined : labels;
    case 'replace':
      return replaced(labels, rule, value, target, pattern);
    case 'lowercase':
      return { ...labels, [target]: value.toLowerCase() };
    case 'uppercase':
      return { ...labels, [target]: value.toUpperCase() };
    case 'hashmod':
      return { ...labels, [target]: String(hashmod(value, Number(rule['modulus'] ?? 0))) };
    case 'labelmap':
      return mapped(labels, pattern, textOf(rule, 'replacement', '$1'));
    case 'labeldrop':
      return kept(labels, (name) => !matchesWhole(pattern, name));
    case 'labelkeep':
      return kept(labels, (name) => matchesWhole(pattern, name) === true);
    default:
      return labels;
  }
}

function replaced(
  labels: Labels,
  rule: RelabelRule,
  value: string,
  target: string,
  pattern: string,
): Labels {
  const match = captured(pattern, value);
  if (!match) return labels;
  const name = expand(target, match);
  return name === ''
    ? labels
    : { ...labels, [name]: expand(textOf(rule, 'replacement', '$1'), match) };
}

function mapped(labels: Labels, pattern: string, replacement: string): Labels {
  const added = Object.entries(labels).flatMap(([name, value]): [string, string][] => {
    const match = captured(pattern, name);
    return match ? [[expand(replacement, match), value]] : [];
  });
  return { ...labels, ...Object.fromEntries(added) };
}

function kept(labels: Labels, keep: (name: string) => boolean): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => keep(name)));
}

/** The last eight bytes of the MD5 sum, modulo (relabel.go). */
function hashmod(value: string, modulus: number): bigint {
  const sum = createHash('md5').update(value).digest();
  return modulus > 0 ? sum.readBigUInt64BE(8) % BigInt(modulus) : 0n;
}

function textOf(rule: RelabelRule, key: string, fallback: string): string {
  const value = rule[key];
  // Prometheus takes any scalar for a text: `regex: true` is the text "true".
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : fallback;
}

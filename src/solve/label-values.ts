import { samples } from '../promql/regex/sample.ts';
import type { Expr, Matcher } from '../promql/ast.ts';
import type { Leaf } from './leaves.ts';
import { passesAll, passesMatcher } from './matching.ts';
import { agreeOnReplaced } from './replacements.ts';

/** How the labels of the world are chosen where the expression leaves it open. */
export interface LabelChoice {
  /** What a wider selector reads beside a narrower one is another series. */
  complements: boolean;
  /** It is another one by its `instance` alone, so that whatever it is joined by agrees. */
  twins: boolean;
  /**
   * A series has only those labels that it is asked for itself, or that something further out
   * groups or joins by.
   */
  narrow: boolean;
  /** Every target has the same `instance`, whatever its job: as relabelling may make it. */
  oneInstance: boolean;
  /** What `label_replace` writes agrees with what other series have there. */
  replaced: boolean;
  /** Labels that no series has. */
  lacking?: ReadonlySet<string>;
}

type Labels = Record<string, string>;

/** On every scraped series. */
const SCRAPED = ['job', 'instance'];
/** The `instance` of what differs in nothing else. */
const TWIN = 'host-2:9100';
const OTHERS = ['other', 'ok', '0', '1', '200', 'none'];

/**
 * Labels for each leaf: its own matchers pass, every label that the expression names has one value
 * everywhere where that can be, `job` and `instance` are always there. Undefined for a leaf whose
 * matchers nothing passes.
 * @param exprs the expression, and those of what it reads
 */
export function labelsFor(
  exprs: readonly Expr[],
  leaves: readonly Leaf[],
  named: ReadonlySet<string>,
  choice: LabelChoice,
): (Labels | undefined)[] {
  const universe = new Set([
    ...SCRAPED,
    ...named,
    ...leaves.flatMap((l) => l.matchers.map((m) => m.label)),
  ]);
  universe.delete('__name__');
  universe.delete('le');
  for (const label of choice.lacking ?? []) universe.delete(label);
  const usual = new Map([...universe].map((label) => [label, usualValue(label, leaves)]));
  if (choice.replaced)
    agreeOnReplaced(exprs, usual, (label) =>
      leaves.some((l) => l.matchers.some((m) => m.label === label)),
    );
  const chosen = leaves.map((leaf) => {
    const own = [...SCRAPED, ...named, ...leaf.matchers.map((m) => m.label)];
    const labels = choice.narrow ? new Set(own.filter((l) => universe.has(l))) : universe;
    return ownLabels(leaf, labels, usual);
  });
  const job = usual.get('job') ?? '';
  for (const [i, labels] of chosen.entries())
    if (labels && !choice.oneInstance && labels['job'] !== job) moveInstance(labels, leaves[i]);
  if (choice.complements)
    for (const [i, labels] of chosen.entries())
      if (labels) complement(labels, i, leaves, choice.twins);
  return chosen;
}

/** The value that passes in the most places. */
function usualValue(label: string, leaves: readonly Leaf[]): string {
  const asked = leaves.map((l) => l.matchers.filter((m) => m.label === label));
  const candidates = [...new Set([...asked.flat().flatMap(valuesFor), fallback(label)])];
  const score = (value: string): number =>
    asked.filter((matchers) => matchers.every((m) => passesMatcher(m, value))).length;
  let [best = ''] = candidates;
  for (const value of candidates) if (score(value) > score(best)) best = value;
  return best;
}

function valuesFor({ op, value }: Matcher): string[] {
  if (op === '=') return value === '' ? [] : [value];
  return op === '=~' ? samples(value).filter((text) => text !== '') : [];
}

function fallback(label: string): string {
  if (label === 'instance') return 'host-1:9100';
  if (label === 'quantile') return '0.99';
  return `${label}-1`;
}

function ownLabels(
  leaf: Leaf,
  universe: ReadonlySet<string>,
  usual: ReadonlyMap<string, string>,
): Labels | undefined {
  const labels: Labels = {};
  const own = leaf.matchers.some((m) => m.label === 'le') ? [...universe, 'le'] : universe;
  for (const label of own) {
    const matchers = leaf.matchers.filter((m) => m.label === label);
    const candidates = [
      usual.get(label) ?? fallback(label),
      ...matchers.flatMap(valuesFor),
      fallback(label),
      ...OTHERS,
      '',
    ];
    const value = candidates.find((v) => matchers.every((m) => passesMatcher(m, v)));
    if (value === undefined) return undefined;
    if (value !== '') labels[label] = value;
  }
  return labels;
}

/** Values that a matcher may leave out, those that it names itself first. */
function others({ op, value }: Matcher): string[] {
  const named = op === '!=' ? [value] : op === '!~' ? samples(value) : [];
  return [...named.filter((text) => text !== ''), ...OTHERS];
}

/** A target of another job is another target, unless its address was asked for. */
function moveInstance(labels: Labels, leaf: Leaf | undefined): void {
  const value = `${labels['job'] ?? 'host'}-1:9100`;
  const asked = leaf?.matchers.filter((m) => m.label === 'instance') ?? [];
  if (asked.every((m) => passesMatcher(m, value))) labels['instance'] = value;
}

function asksNothingOf(label: string, ...leaves: Leaf[]): boolean {
  return leaves.every((l) => !l.kept.has(label) && !l.matchers.some((m) => m.label === label));
}

/** Takes a series out of reach of the narrower selectors of the same metric. */
function complement(labels: Labels, index: number, leaves: readonly Leaf[], twins: boolean): void {
  const leaf = leaves[index];
  if (!leaf) return;
  const same = (a: Matcher, b: Matcher): boolean =>
    a.label === b.label && a.op === b.op && a.value === b.value;
  for (const narrower of leaves) {
    if (narrower === leaf || narrower.metric !== leaf.metric) continue;
    if (!passesAll(narrower.matchers, labels)) continue;
    const extra = narrower.matchers.filter((m) => !leaf.matchers.some((o) => same(m, o)));
    if (extra.length === 0) continue;
    if (twins && asksNothingOf('instance', leaf, narrower)) {
      labels['instance'] = TWIN;
      continue;
    }
    // A label that nothing further out asks for is changed first.
    extra.sort((a, b) => Number(leaf.kept.has(a.label)) - Number(leaf.kept.has(b.label)));
    for (const matcher of extra) {
      const own = leaf.matchers.filter((m) => m.label === matcher.label);
      const value = [...others(matcher), `${matcher.label}-2`].find(
        (v) => !passesMatcher(matcher, v) && own.every((m) => passesMatcher(m, v)),
      );
      if (value === undefined) continue;
      labels[matcher.label] = value;
      break;
    }
  }
}

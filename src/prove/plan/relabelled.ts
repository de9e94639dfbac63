import { escapeRegex } from '../../lib/escape-regex.ts';
import { passes } from '../../promql/matchers.ts';
import { actionOf, patternOf, relabel, sourcesOf } from '../../promql/relabel.ts';
import type { Labels, RelabelRule } from '../../promql/relabel.ts';
import { matchesWhole } from '../../promql/regex/match.ts';
import { wordOf } from './plain.ts';
import type { Reading } from './reads.ts';

/** The number of the first relabelling rule that makes another value of a label. */
export function changedBy(label: string, labels: Labels, rules: readonly RelabelRule[]): number {
  const found = rules.findIndex((_, number) => {
    const result = relabel(labels, rules.slice(0, number + 1));
    return !('labels' in result) || result.labels[label] !== labels[label];
  });
  return Math.max(0, found);
}

/**
 * Whether no value at all of a label, whatever a target exports, leaves a rule such that a selector
 * takes it.
 * @param value that the selector takes, and the rule makes another of
 * @param number of the rule
 * @returns false where nobody can tell
 */
export function isSurelyLost(
  label: string,
  value: string,
  { matchers }: Reading,
  rules: readonly RelabelRule[],
  number: number,
): boolean {
  const rule = rules[number];
  if (!rule || rules.slice(number + 1).some((later) => mayWrite(later, label))) return false;
  const own = matchers.filter((matcher) => matcher.label === label);
  switch (actionOf(rule)) {
    case 'labeldrop':
    case 'labelkeep':
      return own.some((matcher) => passes(matcher, '') === false);
    case 'replace': {
      const isOfItself = rule['target_label'] === label && sourcesOf(rule).join() === label;
      // Whatever it doesn't match stays, and this value it matches.
      return (
        isOfItself &&
        own.some(({ op }) => op === '=') &&
        matchesWhole(patternOf(rule), value) === true &&
        !mayGive(wordOf(rule['replacement'], '$1'), value)
      );
    }
    default:
      return false;
  }
}

function mayWrite(rule: RelabelRule, label: string): boolean {
  const target = wordOf(rule['target_label'], '');
  return actionOf(rule) === 'labelmap' || target === label || target.includes('$');
}

/** Whether a replacement gives a text, whatever stands for its groups. */
function mayGive(replacement: string, text: string): boolean {
  const literals = replacement.split(/\$(?:\{\w+\}|\w+)/);
  const pattern = literals.map(escapeRegex).join('.*');
  return new RegExp(`^${pattern}$`, 's').test(text);
}

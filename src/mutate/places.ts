import type { Stretch } from '../model/mutation.ts';
import type { Group, Rule } from '../stack/rules.ts';
import type { Place } from '../stack/source/value.ts';

/** A place as people are told it. */
export function stretchOf({ file, from, to }: Place): Stretch {
  const [start, end] = [file.position(from), file.position(Math.max(from, to))];
  return {
    file: file.path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

/**
 * The keys that lead to a group in its file.
 * @param groups all groups of the stack
 * @returns undefined where they lie in a file within a file, or in one of several documents
 */
export function pathOfGroup(group: Group, groups: Group[]): (string | number)[] | undefined {
  const { file, isResource } = group;
  if (file.embedding || file.documents.length !== 1) return undefined;
  const number = groups.filter((other) => other.file === file).indexOf(group);
  return [...(isResource ? ['spec'] : []), 'groups', number];
}

/** The same for a rule. */
export function pathOfRule(rule: Rule, groups: Group[]): (string | number)[] | undefined {
  const path = pathOfGroup(rule.group, groups);
  return path && [...path, 'rules', rule.group.rules.indexOf(rule)];
}

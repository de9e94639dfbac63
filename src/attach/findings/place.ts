import type { Rule } from '../../stack/rules.ts';

/** Where a rule stands, as `file:line`. */
export function placeOf(rule: Rule): string {
  const { file, from } = rule.value.head;
  return `${file.path}:${file.position(from).line}`;
}

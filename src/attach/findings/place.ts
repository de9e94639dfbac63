import { placeText } from '../../stack/place-text.ts';
import type { Rule } from '../../stack/rules.ts';

/** Where a rule stands, as `file:line`. */
export function placeOf(rule: Rule): string {
  return placeText(rule.value.head);
}

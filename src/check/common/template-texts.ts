import type { Template } from '../../go-template/parse.ts';
import { usesOf } from '../../go-template/uses.ts';
import type { Uses } from '../../go-template/uses.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { Stack } from '../../stack/index.ts';
import type { Rule as PrometheusRule } from '../../stack/rules.ts';
import { ruleTemplates } from './read-templates.ts';
import type { ReadTemplate } from './read-templates.ts';

/** Visits what each template of an alert uses, with the places of its parts. */
export function eachTemplate(
  stack: Stack,
  visit: (rule: PrometheusRule, uses: Uses, at: ReadTemplate['at']) => void,
): void {
  for (const { rule, template, at } of ruleTemplates(stack))
    if (rule.kind === 'alert' && !template.error) visit(rule, usesIn(template), at);
}

/** Several rules look at the same uses. */
const usesIn = oncePer(({ nodes }: Template) => usesOf(nodes));

/** A sign or the word for it; `%20` is a blank of a link. */
export function isPercentSign(after: string): boolean {
  return /^\s?(%(?![\dA-F]{2})|percent\b|per cent\b)/.test(after);
}

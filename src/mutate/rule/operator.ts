import type { RuleBody } from '../../model/rule-body.ts';

/** A rule that is wrong in one place. */
export interface RuleMutation {
  operator: string;
  /** Keys that lead to what is changed: `['labels', 'severity']`; none: the whole rule. */
  at: string[];
  /** For a part of the expression: where it stands in it. */
  edit?: { from: number; to: number };
  was: string;
  becomes: string;
  /** The rule as it is then; null when there is none any more. */
  body: RuleBody | null;
}

/**
 * One way of getting a rule wrong. `others`: the rules beside it, whose texts are easily copied.
 */
export interface RuleOperator {
  id: string;
  mutations: (body: RuleBody, others: RuleBody[]) => Omit<RuleMutation, 'operator'>[];
}

/** A rule with one of its texts changed, or without it. */
export function withText(
  body: RuleBody,
  map: 'labels' | 'annotations',
  key: string,
  text: string | undefined,
): Omit<RuleMutation, 'operator'> {
  const texts = { ...body[map] };
  const was = texts[key] ?? '';
  if (text === undefined) delete texts[key];
  else texts[key] = text;
  return { at: [map, key], was, becomes: text ?? '', body: { ...body, [map]: texts } };
}

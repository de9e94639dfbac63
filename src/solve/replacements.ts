import type { Expr } from '../promql/ast.ts';
import { eachExpr } from '../promql/ast.ts';
import { EvaluationError } from '../promql/evaluate/index.ts';
import { labelJoin, labelReplace } from '../promql/evaluate/label-functions.ts';
import { samples } from '../promql/regex/sample.ts';

/** A `label_replace` or `label_join`: what it writes comes from other labels. */
interface Replacement {
  apply: typeof labelReplace;
  texts: string[];
  /** Labels that it reads. */
  sources: string[];
}

function replacementsIn(expr: Expr): Replacement[] {
  const found: Replacement[] = [];
  eachExpr(expr, (part) => {
    if (part.type !== 'call') return;
    const replaces = part.name === 'label_replace';
    if (!replaces && part.name !== 'label_join') return;
    const texts = part.args.slice(1).map((arg) => (arg.type === 'string' ? arg.value : ''));
    found.push({
      apply: replaces ? labelReplace : labelJoin,
      texts,
      sources: replaces ? texts.slice(2, 3) : texts.slice(2),
    });
  });
  return found;
}

/**
 * Makes labels agree with what is written from them, so that a series that has such a label itself
 * meets one in which it is made: the source gets a value that the pattern fits, the label what
 * becomes of it.
 * @param usual each label's value in this world; changed in place
 * @param asked whether a matcher asks for values of a label
 */
export function agreeOnReplaced(
  expr: Expr,
  usual: Map<string, string>,
  asked: (label: string) => boolean,
): void {
  for (const { apply, texts, sources } of replacementsIn(expr)) {
    const [target = '', , source = '', pattern = ''] = texts;
    const result = (): string | undefined => {
      const labels = Object.fromEntries(sources.map((s) => [s, usual.get(s) ?? '']));
      try {
        return apply([{ labels, value: 0 }], texts)[0]?.labels[target];
      } catch (error) {
        if (error instanceof EvaluationError) return undefined;
        throw error;
      }
    };
    if (apply === labelReplace && result() === undefined && !asked(source)) {
      const text = samples(pattern).find((t) => t !== '');
      if (text !== undefined && usual.has(source)) usual.set(source, text);
    }
    const value = result();
    if (value !== undefined && usual.has(target) && !asked(target)) usual.set(target, value);
  }
}

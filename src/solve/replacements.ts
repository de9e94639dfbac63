import type { Expr } from '../promql/ast.ts';
import { eachExpr } from '../promql/ast.ts';
import { EvaluationError } from '../promql/evaluate/index.ts';
import { labelJoin, labelReplace } from '../promql/evaluate/label-functions.ts';
import { samples, samplesAround } from '../promql/regex/sample.ts';

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
 * @param exprs the expression, and those of what it reads
 * @param usual each label's value in this world; changed in place
 * @param asked whether a matcher asks for values of a label
 */
export function agreeOnReplaced(
  exprs: readonly Expr[],
  usual: Map<string, string>,
  asked: (label: string) => boolean,
): void {
  for (const { apply, texts, sources } of exprs.flatMap(replacementsIn)) {
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
    if (apply === labelReplace && usual.has(source) && !asked(source)) {
      const wanted = usual.get(target);
      const before = usual.get(source) ?? '';
      for (const text of sourceTexts(pattern, wanted)) {
        usual.set(source, text);
        if (result() !== undefined && result() === wanted) break;
        usual.set(source, before);
      }
      const text = samples(pattern).find((t) => t !== '');
      if (result() === undefined && text !== undefined) usual.set(source, text);
    }
    const value = result();
    if (value !== undefined && usual.has(target) && !asked(target)) usual.set(target, value);
  }
}

/** Texts that a pattern may fit, those first of whose group the wanted text is made. */
function sourceTexts(pattern: string, wanted: string | undefined): string[] {
  return wanted === undefined ? [] : samplesAround(pattern, wanted);
}

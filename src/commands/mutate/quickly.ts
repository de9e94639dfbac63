import { formatDuration } from '../../lib/duration.ts';
import type { RuleMutant } from '../../model/mutation.ts';
import type { Pair, Recipe } from '../../model/recipe.ts';
import type { RuleBody } from '../../model/rule-body.ts';
import { parseExpr } from '../../promql/parse.ts';
import { givesIn, recordedBy } from '../../solve/index.ts';
import type { SolveRule } from '../../solve/index.ts';

/** A moment at which a recipe says whether its alert's expression gives anything. */
interface Look {
  pair: Pair;
  atMs: number;
  gives: boolean;
  words: string;
}

/**
 * What of a recipe is untrue with a mutant, as far as that is seen without the engine: whether the
 * expression gives anything, at a few moments of each pair's world. Only moments count at which the
 * rules as they are give what the engine has confirmed.
 * @param rules what the alert needs, in their order, itself last
 * @returns for a mutant what is untrue; undefined where nothing is seen to be
 */
export function quickJudge(
  recipe: Recipe,
  rules: readonly SolveRule[],
): (mutant: RuleMutant) => string | undefined {
  let looks: Look[] | undefined;
  const seenIn = (own: readonly SolveRule[], { pair, atMs }: Look): boolean | undefined => {
    const expr = own.at(-1)?.expr;
    return expr && givesIn(pair, expr, recordedBy(own), atMs);
  };
  return ({ rules: numbers, body }) => {
    if (body === undefined || isOfTexts(rules, numbers, body)) return undefined;
    const isChanged = ({ ref }: SolveRule): boolean => numbers.includes(ref.index);
    const gone = body === null ? rules.find(isChanged) : undefined;
    if (gone?.kind === 'alert') return `no rule is named ${gone.ref.name}`;
    const own = rules.flatMap((rule) => {
      if (!isChanged(rule)) return [rule];
      return body ? [withBody(rule, body)] : [];
    });
    looks ??= looksAt(recipe).filter((look) => seenIn(rules, look) === look.gives);
    const untrue = looks.find((look) => seenIn(own, look) === !look.gives);
    if (!untrue) return undefined;
    return gone
      ? `nothing records ${gone.ref.name}: ${untrue.words}`
      : `${untrue.words}: look at \`expr\` first`;
  };
}

/** Whether nothing is changed but what people read of an alert, or its labels or durations. */
function isOfTexts(rules: readonly SolveRule[], numbers: number[], body: RuleBody | null): boolean {
  return rules.some(
    ({ kind, ref, text }) => kind === 'alert' && numbers.includes(ref.index) && text === body?.expr,
  );
}

function withBody(rule: SolveRule, { expr: text, labels = {} }: RuleBody): SolveRule {
  const parsed = parseExpr(text);
  return { ...rule, text, expr: 'expr' in parsed ? parsed.expr : undefined, labels };
}

/** Moments that the engine's statements include, so that it would find the same untrue. */
function looksAt({ pairs, always }: Recipe): Look[] {
  return pairs.flatMap((pair): Look[] => {
    const { evaluationMs, settledAtMs, activeAtMs, firingAtMs, resolvedAtMs } = pair.timeline;
    const quietMs = [activeAtMs - evaluationMs, settledAtMs + evaluationMs].filter(
      (atMs) => atMs > settledAtMs && atMs < activeAtMs,
    );
    const look = (where: string, atMs: number, gives: boolean): Look => ({
      ...{ pair, atMs, gives },
      words: `${where}, it ${gives ? 'is not active' : 'is active'} at ${formatDuration(atMs)}`,
    });
    return [
      look('just above the limit', firingAtMs, true),
      ...(always ? [] : quietMs.map((atMs) => look('just below the limit', atMs, false))),
      ...(always ? [] : [look('when all is calm', resolvedAtMs + evaluationMs, false)]),
    ];
  });
}

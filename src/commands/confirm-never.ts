import { runCases } from '../engine/confirm.ts';
import type { Verdict } from '../engine/confirm.ts';
import { miniatureGroup } from '../engine/test-file.ts';
import type { Miniature, Unsolved } from '../model/recipe.ts';
import type { recordedBy, SolveRule } from '../solve/index.ts';
import { caseOf } from './rule-text.ts';
import { seenInstead } from './seen-instead.ts';

/**
 * Has promtool see the miniatures of what can never fire, and keeps those that it confirms. Where
 * something is there that was proved to be nothing, the proof itself is withdrawn.
 * @param unsolved changed in place
 */
export async function confirmNever(
  unsolved: Unsolved[],
  rules: readonly SolveRule[],
  recorded: ReturnType<typeof recordedBy>,
  promtool: string,
  signal: AbortSignal,
): Promise<void> {
  const seen = async (never: Never[]): Promise<Verdict[]> => {
    if (never.length === 0) return [];
    const cases = never.map(({ rule, miniature }) =>
      caseOf(rule, recorded, miniature.timeline.evaluationMs, [
        miniatureGroup(miniature, rule.ref.name),
      ]),
    );
    return runCases(promtool, cases, signal);
  };
  const all = unsolved.flatMap((one, at): Never[] => {
    const rule = rules.find(({ ref }) => ref.index === one.alert.index);
    return one.kind === 'unsatisfiable' && one.miniature && rule
      ? [{ at, one, rule, miniature: one.miniature }]
      : [];
  });
  const whole = await seen(all);
  const doubtful = all
    .filter((_, i) => !whole[i]?.passed)
    .map((one) => ({ ...one, miniature: { ...one.miniature, gives: [] } }));
  const bare = await seen(doubtful);
  for (const [i, { at, one }] of doubtful.entries()) unsolved[at] = withoutMiniature(one, bare[i]);
}

type Unsatisfiable = Extract<Unsolved, { kind: 'unsatisfiable' }>;

interface Never {
  /** Its place among the unsolved. */
  at: number;
  one: Unsatisfiable;
  rule: SolveRule;
  miniature: Miniature;
}

/** @param bare what promtool says of the miniature when only nothing is expected of it */
function withoutMiniature(one: Unsatisfiable, bare: Verdict | undefined): Unsolved {
  const { alert, kind, reason, part } = one;
  if (bare?.passed) return { alert, kind, reason, part };
  return {
    alert,
    kind: 'not-understood',
    reason: `it seemed that it can never fire (${reason}), and promtool sees it otherwise: ${seenInstead(bare)}`,
    construct: 'something that the engine evaluates otherwise',
  };
}

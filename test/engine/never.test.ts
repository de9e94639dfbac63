import { describe, expect, it } from 'vitest';
import { confirmNever } from '../../src/commands/confirm-never.ts';
import { findPromtool } from '../../src/commands/promtool.ts';
import { solveStack } from '../../src/commands/solve-stack.ts';
import { runCases } from '../../src/engine/confirm.ts';
import { miniatureGroup, ruleFile, testFile } from '../../src/engine/test-file.ts';
import type { Unsolved } from '../../src/model/recipe.ts';
import { recordedBy } from '../../src/solve/index.ts';
import { NEVER } from '../solve/never.ts';
import { problemFrom } from '../solve/support.ts';

const promtool = await findPromtool();

describe.skipIf(promtool === undefined)('what can never fire is seen by the engine', () => {
  it('in a world that has all that it reads', async () => {
    const gone = { alert: 'Gone', expr: 'x offset 20m unless x', for: '20m' };
    const problem = problemFrom([...NEVER.map(([, wrong]) => wrong), gone]);
    const signal = new AbortController().signal;
    const { recipes, unsolved } = await solveStack(
      problem,
      promtool ?? '',
      signal,
      () => undefined,
    );
    expect(recipes).toEqual([]);
    expect(unsolved).toHaveLength(NEVER.length + 1);
    for (const one of unsolved)
      expect('miniature' in one && one.miniature?.series.length, one.reason).toBeGreaterThan(0);
  });

  it('which a rule that fires there would not pass', async () => {
    const problem = problemFrom(['count(x) == 0']);
    const signal = new AbortController().signal;
    const { unsolved } = await solveStack(problem, promtool ?? '', signal, () => undefined);
    const [never] = unsolved;
    const miniature = never && 'miniature' in never ? never.miniature : undefined;
    if (!miniature) throw new Error('no miniature');
    const every = miniature.timeline.evaluationMs;
    const rule = (expr: string) => ({
      ...{ kind: 'alert' as const, name: 'A0', expr, forMs: 0, keepFiringMs: 0 },
      ...{ labels: {}, annotations: {} },
    });
    const cases = ['count(x) == 0', 'count(x) == 1'].map((expr) => ({
      rules: ruleFile([rule(expr)], every),
      tests: (path: string) => testFile([path], every, [miniatureGroup(miniature, 'A0')]),
    }));
    const verdicts = await runCases(promtool ?? '', cases, signal);
    expect(verdicts.map(({ passed }) => passed)).toEqual([true, false]);
  });
});

describe.skipIf(promtool === undefined)('a proof that the engine refutes', () => {
  const problem = problemFrom(['count(x) == 0']);
  const proved = async (expr: string): Promise<Unsolved> => {
    const signal = new AbortController().signal;
    const { unsolved } = await solveStack(problem, promtool ?? '', signal, () => undefined);
    const [never] = unsolved;
    if (!never || !('miniature' in never) || !never.miniature) throw new Error('no miniature');
    const { miniature } = never;
    const wrong = {
      ...never,
      miniature: { ...miniature, nothing: miniature.nothing.map((one) => ({ ...one, expr })) },
    };
    const all: Unsolved[] = [wrong];
    await confirmNever(all, problem.rules, recordedBy(problem.rules), promtool ?? '', signal);
    return all[0] ?? wrong;
  };

  it('is withdrawn', async () => {
    expect(await proved('count(x) == 1')).toMatchObject({
      kind: 'not-understood',
      reason: expect.stringContaining('promtool sees it otherwise') as string,
    });
  });

  it('and stands where it is confirmed', async () => {
    expect(await proved('count(x) == 0')).toMatchObject({ kind: 'unsatisfiable' });
  });
});

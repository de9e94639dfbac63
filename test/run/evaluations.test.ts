import { describe, expect, it } from 'vitest';
import type { PrometheusApi } from '../../src/lib/prometheus-api.ts';
import { groupStateOf } from '../../src/lib/prometheus-rules.ts';
import type { RuleGroupState } from '../../src/lib/prometheus-rules.ts';
import type { Series } from '../../src/model/series.ts';
import { gridPoint, isEvaluated, readGroups } from '../../src/run/inside/evaluations.ts';

const AT = 1_900_000_000_000;
const group = (
  file: string,
  alerts: string[],
  lastEvaluationMs: number | null,
): RuleGroupState => ({
  file,
  name: 'all',
  intervalMs: 500,
  lastEvaluationMs,
  lastDurationMs: 2,
  alerts,
});
const alert = (name: string, times: number[]): Series => ({
  labels: { alertname: name },
  samples: times.map((at) => [at, 1]),
});

/**
 * A Prometheus with two groups of one name, or other ones; `begun`: when evaluations of the second
 * were seen to begin.
 */
function prometheus(
  alerts: Series[],
  begun: number[],
  missed: Record<string, number> = {},
  groups = [group('/rules/a.yml', ['One'], AT + 2_003), group('/rules/b.yml', ['Two'], AT + 2_142)],
): PrometheusApi {
  const answers = {
    groups: () => Promise.resolve(groups),
    raw: (name: string) =>
      Promise.resolve(
        name === 'ALERTS'
          ? alerts
          : [
              {
                labels: { rule_group: '/rules/b.yml;all' },
                samples: begun.map((at): [number, number] => [at + 5, at / 1000]),
              },
            ],
      ),
    instant: () =>
      Promise.resolve(
        Object.entries(missed).map(([rule_group, value]) => ({ labels: { rule_group }, value })),
      ),
  };
  return answers as unknown as PrometheusApi;
}

describe('when a rule group is evaluated', () => {
  it('is what its rules have written, not when the clock said so', async () => {
    const [one] = await readGroups(prometheus([alert('One', [AT, AT + 500])], []), { fromMs: AT });
    expect(one?.evaluationAt).toBe(AT + 500);
    expect(one?.evaluations).toEqual([0, 500, 1_000, 1_500, 2_000].map((ms) => AT + ms));
  });

  it('is the earliest that was ever seen where they have written nothing', async () => {
    const begun = [141.8, 642.9, 1_141.2, 1_648].map((ms) => AT + ms);
    const [, two] = await readGroups(prometheus([alert('One', [AT])], begun), { fromMs: AT });
    expect(two?.evaluationAt).toBe(AT + 2_141);
    expect(two?.evaluations).toEqual([141, 641, 1_141, 1_641, 2_141].map((ms) => AT + ms));
  });

  it('finds the earliest also around the beginning of an interval', () => {
    expect(gridPoint(500, [], [AT + 499, AT + 1_001, AT + 1_502]) % 500).toBe((AT + 499) % 500);
  });

  it("leaves out when Prometheus didn't run", async () => {
    const away: [number, number][] = [[AT + 400, AT + 1_100]];
    const [one] = await readGroups(prometheus([alert('One', [AT])], []), { fromMs: AT }, away);
    expect(one?.evaluations).toEqual([0, 1_500, 2_000].map((ms) => AT + ms));
  });
});

describe('a clock that was stepped', () => {
  it('adds no evaluations of another time', async () => {
    const stretch = { fromMs: AT - 100, toMs: AT + 1_200 };
    // What Prometheus says of the groups is of after the step.
    const [one] = await readGroups(prometheus([alert('One', [AT, AT + 500])], []), stretch);
    expect(one?.evaluations).toEqual([0, 500, 1_000].map((ms) => AT + ms));
    const before = { fromMs: AT + 3_600_000, toMs: AT + 3_601_200 };
    const written = [0, 500].map((ms) => before.fromMs + ms);
    const [back] = await readGroups(prometheus([alert('One', written)], []), before);
    expect(back?.evaluations).toEqual([0, 500, 1_000].map((ms) => before.fromMs + ms));
  });
});

describe('a rule group that was not evaluated yet', () => {
  it('has no evaluations, and makes none of those of others', async () => {
    const both = [group('/rules/a.yml', ['One'], AT + 503), group('/rules/b.yml', ['Two'], null)];
    const groups = await readGroups(prometheus([alert('One', [AT])], [], {}, both), { fromMs: AT });
    expect(groups.map(({ file, evaluations }) => [file, evaluations])).toEqual([
      ['/rules/a.yml', [AT, AT + 500]],
    ]);
  });

  it('told the year 1 before: that is no time of its grid', async () => {
    const year1 = Date.parse('0001-01-01T00:00:00Z') - AT;
    const begun = [year1, 642, 1_142].map((ms) => AT + ms);
    const [, two] = await readGroups(prometheus([alert('One', [AT])], begun), { fromMs: AT });
    expect(two?.evaluations).toEqual([142, 642, 1_142, 1_642, 2_142].map((ms) => AT + ms));
  });

  it("is told by Prometheus as evaluated in the year 1, Go's zero time", () => {
    const answer = {
      name: 'all',
      file: '/rules/a.yml',
      interval: 60,
      evaluationTime: 0,
      rules: [],
    };
    const never = groupStateOf({ ...answer, lastEvaluation: '0001-01-01T00:00:00Z' });
    const once = groupStateOf({ ...answer, lastEvaluation: '2026-01-01T00:00:00.5Z' });
    expect([never, once].map(isEvaluated)).toEqual([false, true]);
    expect(once.lastEvaluationMs).toBe(Date.parse('2026-01-01T00:00:00.500Z'));
  });
});

describe('groups of one name in two files', () => {
  it('have each its own missed evaluations', async () => {
    const missed = { '/rules/a.yml;all': 0, '/rules/b.yml;all': 3 };
    const groups = await readGroups(prometheus([alert('One', [AT])], [], missed), { fromMs: AT });
    expect(groups.map(({ file, iterationsMissed }) => [file, iterationsMissed])).toEqual([
      ['/rules/a.yml', 0],
      ['/rules/b.yml', 3],
    ]);
  });

  it('what was missed is not among the evaluations', async () => {
    const begun = [141.8, 1_141.2].map((ms) => AT + ms);
    const missed = { '/rules/b.yml;all': 1 };
    const [, two] = await readGroups(prometheus([alert('One', [AT])], begun, missed), {
      fromMs: AT,
    });
    expect(two?.evaluations).toEqual([141, 1_141, 2_141].map((ms) => AT + ms));
  });
});

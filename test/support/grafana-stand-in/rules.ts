import { rules } from './provisioning.ts';
import type { Rule } from './provisioning.ts';
import { ask } from './queries.ts';

const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  lt: (a, b) => a < b,
  gt: (a, b) => a > b,
};
const NEVER = '0001-01-01T00:00:00Z';

/** All rules as `/api/prometheus/grafana/api/v1/rules` has them, by group. */
export async function ruleGroups(): Promise<object[]> {
  const all = rules();
  const names = [...new Set(all.map(({ group }) => group))];
  return Promise.all(
    names.map(async (name) => {
      const own = all.filter(({ group }) => group === name);
      const evaluated = await Promise.all(own.map(evaluate));
      return {
        ...{ name, file: own[0]?.folder ?? '', rules: evaluated, interval: 60 },
        ...{ lastEvaluation: new Date().toISOString(), evaluationTime: 0.01 },
      };
    }),
  );
}

async function evaluate(rule: Rule): Promise<object> {
  const outcome = await breached(rule).then(
    (isBreached) => ({
      state: isBreached ? 'firing' : 'inactive',
      instance: isBreached ? 'Alerting' : 'Normal',
      health: 'ok',
    }),
    (error: unknown) => failed(rule, error instanceof Error ? error.message : String(error)),
  );
  const { instance, ...said } = outcome;
  const { title, expr, folder, labels, annotations } = rule;
  const named = { alertname: title, grafana_folder: folder, ...labels };
  return {
    ...{ name: title, query: expr, duration: rule.forMs / 1000, annotations, labels },
    ...said,
    alerts: [{ labels: named, annotations, state: instance, activeAt: NEVER, value: '' }],
    ...{ type: 'alerting', lastEvaluation: new Date().toISOString(), evaluationTime: 0.01 },
  };
}

/**
 * A rule that keeps its last state over an error is called healthy; only the state of its instance
 * tells.
 */
function failed(
  { onError }: Rule,
  words: string,
): { state: string; instance: string; health: string; lastError?: string } {
  return onError === 'KeepLast'
    ? { state: 'inactive', instance: 'Normal (Error)', health: 'ok' }
    : { state: 'firing', instance: 'Alerting (Error)', health: 'error', lastError: words };
}

async function breached({ dataSource, expr, evaluator, limit }: Rule): Promise<boolean> {
  const { result } = await ask(dataSource, 'query', { query: expr });
  return (result as { value?: [number, string] }[]).some(({ value }) =>
    COMPARE[evaluator]?.(Number(value?.[1]), limit),
  );
}

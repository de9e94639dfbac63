import type { Recipe } from '../model/recipe.ts';
import type { Bench } from './bench.ts';
import { leverWords } from './words.ts';

/** The recipe of what asks for no data at all, as a Watchdog. */
export function alwaysFiring(bench: Bench): Recipe {
  const { rule, evaluationMs, scrapeMs } = bench;
  const firingAtMs = bench.onGrid(rule.forMs);
  const end = firingAtMs + 4 * evaluationMs;
  const timeline = {
    scrapeMs,
    evaluationMs,
    settledAtMs: 0,
    overAtMs: 0,
    activeAtMs: 0,
    firingAtMs,
    calmAtMs: end,
    resolvedAtMs: end,
  };
  return {
    alert: rule.ref,
    always: true,
    pairs: [{ series: [], lever: leverWords([]), timeline, pins: [] }],
    instances: [{ ...rule.labels, alertname: rule.ref.name }],
    result: {},
    labels: rule.labels,
    annotations: rule.annotations,
    forMs: rule.forMs,
    windowMs: 0,
    readsClock: false,
    pins: [],
  };
}

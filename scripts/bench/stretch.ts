import type { Evidence } from '../../src/model/evidence.ts';
import type { TruthSeries } from '../../src/model/truth-series.ts';
import type { Plan } from '../../src/model/plan.ts';

/** What is a value of the world and no duration of the stack: it is the same at every speed. */
const VALUES = ['tailMs', 'slowMs', 'responseMs', 'epsilonMs', 'lagMs', 'lastDurationMs'];
/** How often what grows is put down, whatever the speed (src/technologies/truth.ts), ms. */
const PUT_DOWN_MS = 100;

/**
 * A run drawn out to real time: everything lasts `speed` times longer, and as much is written down
 * of it as an hour leaves. For benches alone, so that nobody waits an hour for one: what is put in
 * between is made up, so some of its verdicts fail.
 */
export function stretched(plan: Plan, evidence: Evidence): { plan: Plan; evidence: Evidence } {
  const { t0, startedAt, endedAt } = evidence;
  const { speed } = plan;
  if (t0 === null) throw new Error('the run never reached T0: there is nothing to stretch');
  const longer = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) return value.map((item) => longer(item));
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, longer(item, name)]),
      );
    if (typeof value !== 'number') return value;
    if (value >= startedAt && value <= endedAt + 60_000) return t0 + (value - t0) * speed;
    return key.endsWith('Ms') && !VALUES.includes(key) ? value * speed : value;
  };
  const long = longer(evidence) as Evidence;
  return {
    plan: { ...(longer(plan) as Plan), speed: 1 },
    evidence: {
      ...long,
      truth: long.truth.map((truth) => filled(truth, t0)),
      panels: Object.fromEntries(
        Object.entries(long.panels).map(([id, answer]) => [
          id,
          {
            ...answer,
            series: answer.series?.map((s) => ({ ...s, samples: halved(s.samples) })) ?? null,
          },
        ]),
      ),
    },
  };
}

/** What grows, put down as often as ever; what was true before T0 stays as it was. */
function filled(truth: TruthSeries, t0: number): TruthSeries {
  if (truth.kind === 'level') return truth;
  const points = truth.points.flatMap(([from, to, value], i): TruthSeries['points'] => {
    const next = truth.points[i + 1];
    const steps = next && from >= t0 ? Math.max(1, Math.floor((next[0] - from) / PUT_DOWN_MS)) : 1;
    const length = Math.min(to - from, PUT_DOWN_MS / 2);
    return Array.from({ length: steps }, (_, n) => [
      from + n * PUT_DOWN_MS,
      from + n * PUT_DOWN_MS + length,
      value + (((next?.[2] ?? value) - value) * n) / steps,
    ]);
  });
  return { ...truth, points };
}

/**
 * A panel's points are no nearer than half a second, so at speed 60 it has half as many as Grafana
 * shows in real time.
 */
function halved(samples: [number, number][]): [number, number][] {
  return samples.flatMap(([at, value], i): [number, number][] => {
    const next = samples[i + 1];
    return next
      ? [
          [at, value],
          [(at + next[0]) / 2, (value + next[1]) / 2],
        ]
      : [[at, value]];
  });
}

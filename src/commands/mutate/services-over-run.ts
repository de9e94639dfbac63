import type { Evidence } from '../../model/evidence.ts';
import type { Series } from '../../model/series.ts';
import type { MutantResult } from '../../model/mutation.ts';
import type { RecordedWorld } from '../../model/recorded-world.ts';
import { unreadLabel } from '../../mutate/instrumentation/unread.ts';
import type { InstrumentationMutant } from '../../mutate/instrumentation/index.ts';
import { resultOf } from '../../mutate/judge/verdicts.ts';
import type { Track } from '../../model/track.ts';
import type { Storage } from '../../promql/evaluate/index.ts';
import { lookbackOf } from '../../promql/lookback.ts';
import { metricNames } from '../../promql/tree.ts';
import { answersOver, storageOver } from '../../replay/index.ts';
import { judgeMetrics } from '../../verdict/metrics/index.ts';
import { judgePanels } from '../../verdict/panels/index.ts';
import { alertsOverRun } from './alerts-over-run.ts';
import type { AlertsOverRun } from './alerts-over-run.ts';

const UNKNOWN =
  'Nobody outside of the stack knows what this metric must be: a truth of it would tell.';

/**
 * What would have been noticed of a mistake in a service: by the metric itself, then by the panels
 * that show it, as far as their answers can be computed anew from what was recorded.
 * @param texts the stack's own files, in which a label may be named
 */
export function judgeService(
  mutant: InstrumentationMutant,
  world: RecordedWorld,
  texts: readonly string[],
): MutantResult {
  const { plan, evidence } = world;
  const changed = { ...evidence, ...mutant.evidence };
  const look = lookAt(world, changed, mutant.metric);
  const own = { ...plan, metrics: plan.metrics.filter(({ name }) => name === mutant.metric) };
  const byMetric = resultOf(
    mutant,
    judgeMetrics(own, evidence),
    judgeMetrics(own, { ...changed, answers: reanswered(world, look.reanswer) }),
    UNKNOWN,
  );
  if (byMetric.fate === 'killed') return byMetric;
  const byPanels = ofPanels(mutant, world, changed, look.reanswer);
  if (byPanels?.fate === 'killed') return byPanels;
  const { lost, notReplayed, open } = look.alerts();
  if (lost)
    return {
      mutant,
      fate: 'killed',
      because: `${lost.alert} never fires for ${JSON.stringify(lost.labels)} [never-fired]`,
    };
  const unread = unreadLabel(mutant, plan, texts);
  if (unread !== undefined) return { mutant, fate: 'equivalent', because: unread };
  if (open) return { mutant, fate: 'undecided', because: openWords(open) };
  return notReplayed ? { mutant, fate: 'undecided', because: wordsOf(notReplayed) } : byMetric;
}

function wordsOf({ alert }: Track): string {
  return `Over what was recorded ${alert} isn't as it was recorded, so that it judges nothing.`;
}

function openWords({ track, why }: NonNullable<AlertsOverRun['open']>): string {
  return `Whether ${track.alert} would have fired isn't known: ${why}.`;
}

/** What a query would have answered; undefined where it reads none of what is changed. */
type Reanswer = (query: string, answered: Series[]) => Series[] | undefined;

/** Other samples of a metric, in place of those that were recorded. */
function lookAt(
  world: RecordedWorld,
  changed: Evidence,
  metric: string,
): { reanswer: Reanswer; alerts: () => AlertsOverRun } {
  const lookbackMs = lookbackOf(world.plan.prometheusFlags);
  const storage = ({ metrics, series }: Evidence): Storage =>
    storageOver([...metrics, ...series], lookbackMs);
  const [before, after] = [storage(world.evidence), storage(changed)];
  const reads = (query: string): boolean =>
    metricNames(query).some((name) => name.replace(/_(bucket|sum|count)$/, '') === metric);
  return {
    reanswer: (query, answered) =>
      reads(query) ? answersOver(query, answered, before, after) : undefined,
    alerts: () => alertsOverRun(world, reads, before, after),
  };
}

/** The answers to the plan's questions. */
function reanswered(
  { plan, evidence: { answers, t0 } }: RecordedWorld,
  reanswer: Reanswer,
): Evidence['answers'] {
  const changed = plan.questions.flatMap(({ id, query, atMs }) => {
    const at = (t0 ?? 0) + atMs;
    const recorded = answers[id]?.map(({ labels, value }): Series => ({
      labels,
      samples: [[at, value]],
    }));
    const anew = recorded && reanswer(query, recorded);
    const now = anew?.map(({ labels, samples }) => ({ labels, value: samples[0]?.[1] ?? NaN }));
    return now ? [[id, now] as const] : [];
  });
  return { ...answers, ...Object.fromEntries(changed) };
}

function ofPanels(
  mutant: InstrumentationMutant,
  { plan, evidence }: RecordedWorld,
  changed: Evidence,
  reanswer: Reanswer,
): MutantResult | undefined {
  const answers = Object.entries(evidence.panels).flatMap(([key, answer]) => {
    const series = answer.series && reanswer(answer.query, answer.series);
    return series ? [[key, { ...answer, series }] as const] : [];
  });
  const keys = new Set(answers.map(([key]) => key));
  const panels = plan.panels.filter(({ id, queries }) =>
    queries.some(({ refId }) => keys.has(`${id} ${refId}`)),
  );
  if (panels.length === 0) return undefined;
  const own = { ...plan, panels, grafanaRules: [], dashboards: [], dataSources: [] };
  const after = { ...changed, panels: { ...evidence.panels, ...Object.fromEntries(answers) } };
  return resultOf(mutant, judgePanels(own, evidence), judgePanels(own, after), UNKNOWN);
}

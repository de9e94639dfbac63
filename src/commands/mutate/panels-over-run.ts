import { join } from 'node:path';
import { HarnessError } from '../../lib/errors.ts';
import type { PrometheusApi } from '../../lib/prometheus-api.ts';
import type { Evidence, Series } from '../../model/evidence.ts';
import type { MutantResult } from '../../model/mutation.ts';
import type { PanelQuery } from '../../model/dashboard-plan.ts';
import type { RecordedWorld } from '../../model/recorded-world.ts';
import type { Plan } from '../../model/plan.ts';
import { sameMeaning } from '../../mutate/judge/equivalent.ts';
import { resultOf } from '../../mutate/judge/verdicts.ts';
import { keyOf } from '../../mutate/panels.ts';
import type { PanelMutant } from '../../mutate/panels.ts';
import { startEngine } from '../../replay/index.ts';
import { judgePanels } from '../../verdict/panels/index.ts';
import { findProgram } from '../promtool.ts';
import type { StoredWorld } from '../stored-run.ts';

/**
 * What the run's Prometheus would have answered to a query, at the very times of what it did
 * answer.
 */
export type Ask = (query: string, asked: PanelQuery, recorded: Series[]) => Promise<Series[]>;

/** Judges panels by their queries over the run's blocks, in a Prometheus of their own. */
export async function judgePanelMutants(
  mutants: PanelMutant[],
  world: StoredWorld,
  signal: AbortSignal,
  keep: (result: MutantResult) => void,
): Promise<void> {
  if (mutants.length === 0) return;
  const { plan, evidence, dir } = world;
  const prometheus = await findProgram('prometheus');
  if (prometheus === undefined)
    throw new HarnessError('there is no Prometheus to ask', '`npm run fetch` fetches it.');
  const blocks = join(dir, evidence.blocks ?? '');
  await using engine = await startEngine({
    prometheus,
    blocks,
    flags: plan.prometheusFlags,
    signal,
  });
  const ask: Ask = (query, asked, recorded) =>
    answered(engine.api, query, asked, recorded, evidence);
  await judgeByAnswers(mutants, world, ask, signal, keep);
}

/**
 * Only panels whose own query gives again exactly what was recorded are judged: any other answer
 * proves nothing.
 */
export async function judgeByAnswers(
  mutants: PanelMutant[],
  world: RecordedWorld,
  ask: Ask,
  signal: AbortSignal,
  keep: (result: MutantResult) => void,
): Promise<void> {
  const equivalent = equivalentBy(world.plan);
  const exact = new Map<string, boolean>();
  for (const mutant of mutants) {
    signal.throwIfAborted();
    const key = keyOf(mutant.panel, mutant.refId);
    const asked = mutant.panel.queries.find(({ refId }) => refId === mutant.refId);
    const recorded = world.evidence.panels[key];
    if (!asked || !recorded?.series) continue;
    const { query, series } = recorded;
    const same = equivalent(mutant);
    if (same !== undefined) {
      keep({ mutant, fate: 'equivalent', because: same });
      continue;
    }
    if (!exact.has(key)) exact.set(key, isSame(await ask(query, asked, series), series));
    keep(
      exact.get(key)
        ? await ofPanel(mutant, key, (other) => ask(other, asked, series), world)
        : { mutant, fate: 'undecided', because: NOT_REPLAYED },
    );
  }
}

/** Why a panel's other query means the same, by its syntax tree and what the contract promises. */
function equivalentBy({ metrics }: Plan): (mutant: PanelMutant) => string | undefined {
  const single = new Set(metrics.filter(({ series }) => series === 1).map(({ name }) => name));
  return ({ written: { was, becomes } }) =>
    becomes === null ? undefined : sameMeaning(was, becomes, (name) => single.has(name));
}

const NOT_REPLAYED = "Over the run's blocks its own query doesn't give what was recorded.";
const SAME_ANSWER =
  'Its answer is the same at every point: a world in which the two differ would tell.';
const LOOSE = 'The contract says nothing of what it shows, or holds it against that too loosely.';

async function ofPanel(
  mutant: PanelMutant,
  key: string,
  ask: (query: string) => Promise<Series[]>,
  { plan, evidence }: RecordedWorld,
): Promise<MutantResult> {
  const own = {
    ...plan,
    panels: [mutant.panel],
    grafanaRules: [],
    dashboards: [],
    dataSources: [],
  };
  const recorded = evidence.panels[key];
  if (!recorded) return { mutant, fate: 'undecided', because: 'It was not recorded.' };
  const series = mutant.query === null ? [] : await ask(mutant.query).catch(() => null);
  if (series === null)
    return { mutant, fate: 'killed', because: 'Prometheus refuses the query [panel-error]' };
  if (isSame(series, recorded.series ?? []))
    return { mutant, fate: 'survived', because: SAME_ANSWER };
  const panels = { ...evidence.panels, [key]: { ...recorded, query: mutant.query ?? '', series } };
  const after = judgePanels(own, { ...evidence, panels });
  return resultOf(mutant, judgePanels(own, evidence), after, LOOSE);
}

async function answered(
  api: PrometheusApi,
  query: string,
  { instant, stepMs }: PanelQuery,
  recorded: Series[],
  { t0, endedAt }: Evidence,
): Promise<Series[]> {
  const last = Math.max(0, ...recorded.flatMap(({ samples }) => samples.at(-1)?.[0] ?? []));
  const at = last > 0 ? last : endedAt;
  if (!instant) return api.range(query, t0 ?? 0, at, stepMs);
  return (await api.instant(query, at)).map(({ labels, value }) => ({
    labels,
    samples: [[at, value]],
  }));
}

function isSame(a: Series[], b: Series[]): boolean {
  const texts = (all: Series[]): string[] =>
    all
      .map(({ labels, samples }) => JSON.stringify([Object.entries(labels).sort(), samples]))
      .sort();
  return JSON.stringify(texts(a)) === JSON.stringify(texts(b));
}

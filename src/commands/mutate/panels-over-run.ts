import { join } from 'node:path';
import { HarnessError } from '../../lib/errors.ts';
import { Refused } from '../../lib/http.ts';
import type { PrometheusApi } from '../../lib/prometheus-api.ts';
import { unlessRefused } from '../../lib/refused-query.ts';
import type { Evidence, PanelAnswer } from '../../model/evidence.ts';
import type { Series } from '../../model/series.ts';
import type { MutantResult } from '../../model/mutation.ts';
import type { PanelPlan, PanelQuery } from '../../model/dashboard-plan.ts';
import type { RecordedWorld } from '../../model/recorded-world.ts';
import { resultOf } from '../../mutate/judge/verdicts.ts';
import type { PanelMutant } from '../../mutate/panels.ts';
import { withEngine } from '../../replay/index.ts';
import { judgePanels } from '../../verdict/panels/index.ts';
import { findProgram } from '../promtool.ts';
import type { StoredWorld } from '../stored-run.ts';

/**
 * What the run's Prometheus would have answered to a query, at the very times of what it did
 * answer.
 */
export type Ask = (query: string, asked: PanelQuery, recorded: Series[]) => Promise<Series[]>;

/** A query of the stack as the run asks it; undefined where that isn't known. */
export type InRun = (expr: string, mutant: PanelMutant) => string | undefined;

/** Judges panels by their queries over the run's blocks, in a Prometheus of their own. */
export async function judgePanelMutants(
  mutants: PanelMutant[],
  world: StoredWorld,
  inRun: InRun,
  signal: AbortSignal,
  keep: (result: MutantResult) => void,
): Promise<void> {
  if (mutants.length === 0) return;
  const { evidence } = world;
  await overBlocks(world, signal, (api) => {
    const ask: Ask = (query, asked, recorded) => answered(api, query, asked, recorded, evidence);
    return judgeByAnswers(mutants, world, { ask, inRun }, signal, keep);
  });
}

/**
 * Does something with a Prometheus over the blocks of a run.
 * @throws HarnessError when there is no Prometheus, or it stops answering
 */
export async function overBlocks<T>(
  { plan, evidence, dir }: StoredWorld,
  signal: AbortSignal,
  act: (api: PrometheusApi) => Promise<T>,
): Promise<T> {
  const prometheus = await findProgram('prometheus');
  if (prometheus === undefined)
    throw new HarnessError('there is no Prometheus to ask', '`npm run fetch` fetches it.');
  const blocks = join(dir, evidence.blocks ?? '');
  return withEngine({ prometheus, blocks, flags: plan.prometheusFlags, signal }, act);
}

/**
 * Only panels whose own query gives again exactly what was recorded are judged: any other answer
 * proves nothing.
 */
export async function judgeByAnswers(
  mutants: PanelMutant[],
  world: RecordedWorld,
  { ask, inRun }: { ask: Ask; inRun: InRun },
  signal: AbortSignal,
  keep: (result: MutantResult) => void,
): Promise<void> {
  const exact = new Map<string, boolean>();
  for (const mutant of mutants) {
    signal.throwIfAborted();
    const { was, becomes } = mutant.written;
    const found = recordedOf(mutant, world);
    const query = becomes === null ? null : inRun(becomes, mutant);
    if (!found || query === undefined || inRun(was, mutant) !== found.answer.query) {
      keep({ mutant, fate: 'undecided', because: NOT_ASKED });
      continue;
    }
    const { key, asked, series } = found;
    if (!exact.has(key))
      exact.set(key, isSame(await ask(found.answer.query, asked, series), series));
    keep(
      exact.get(key)
        ? await ofPanel(mutant, found, query, ask, world)
        : { mutant, fate: 'undecided', because: NOT_REPLAYED },
    );
  }
}

const NOT_ASKED = 'The run did not ask this query.';
const NOT_REPLAYED = "Over the run's blocks its own query doesn't give what was recorded.";
const SAME_ANSWER =
  'Its answer is the same at every point: a world in which the two differ would tell.';
const LATE = 'Prometheus neither answers the query in time nor refuses it.';
const LOOSE = 'The contract says nothing of what it shows, or holds it against that too loosely.';

/** What a run recorded of a panel's query. */
interface RecordedQuery {
  key: string;
  panel: PanelPlan;
  asked: PanelQuery;
  answer: PanelAnswer;
  series: Series[];
}

function recordedOf(
  { query: { dashboard, panel: title, refId } }: PanelMutant,
  { plan, evidence }: RecordedWorld,
): RecordedQuery | undefined {
  const panel = plan.panels.find((p) => p.dashboard === dashboard && p.title === title);
  const asked = panel?.queries.find((one) => one.refId === refId);
  const key = `${panel?.id ?? ''} ${refId}`;
  const answer = evidence.panels[key];
  return panel && asked && answer?.series
    ? { key, panel, asked, answer, series: answer.series }
    : undefined;
}

async function ofPanel(
  mutant: PanelMutant,
  { key, panel, asked, answer, series: recorded }: RecordedQuery,
  query: string | null,
  ask: Ask,
  { plan, evidence }: RecordedWorld,
): Promise<MutantResult> {
  const own = { ...plan, panels: [panel], grafanaRules: [], dashboards: [], dataSources: [] };
  const series = query === null ? [] : await answerTo(() => ask(query, asked, recorded));
  if (series === 'refused')
    return { mutant, fate: 'killed', because: 'Prometheus refuses the query [panel-error]' };
  if (series === 'late') return { mutant, fate: 'undecided', because: LATE };
  if (isSame(series, recorded)) return { mutant, fate: 'survived', because: SAME_ANSWER };
  const panels = { ...evidence.panels, [key]: { ...answer, query: query ?? '', series } };
  const after = judgePanels(own, { ...evidence, panels });
  return resultOf(mutant, judgePanels(own, evidence), after, LOOSE);
}

/**
 * The answer to a mutated query. One that takes too long is no sign that a panel would show an
 * error: another machine might answer it.
 * @throws when there is nobody left to answer
 */
async function answerTo(ask: () => Promise<Series[]>): Promise<Series[] | 'refused' | 'late'> {
  try {
    return (await unlessRefused(ask())) ?? 'refused';
  } catch (error) {
    if (error instanceof HarnessError || error instanceof Refused) return 'late';
    throw error;
  }
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

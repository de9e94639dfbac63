import { messageOf } from '../../lib/errors.ts';
import { formatValues } from '../../lib/grafana-variables.ts';
import type { Evidence, PanelAnswer } from '../../model/evidence.ts';
import type { PanelQuery, VariablePlan } from '../../model/dashboard-plan.ts';
import type { Plan } from '../../model/plan.ts';
import type { Series } from '../../model/series.ts';
import type { PrometheusApi } from '../../lib/prometheus-api.ts';

/** What stands for each placeholder: one choice of the dashboards' variables. */
export type Choice = Record<string, string>;

/** Who is asked, and with what. */
interface Asking {
  prometheus: PrometheusApi;
  plan: Plan;
  /** The choice when a dashboard is opened, and the values that each variable may have. */
  opened: Choice;
  variables: Evidence['variables'];
  t0: number;
  now: number;
}

/**
 * Asks Prometheus everything that the dashboards would, with their variables as they are when a
 * dashboard is opened, from T0 to now; and whether there is data with other choices of the
 * variables too.
 */
export async function askPanels(
  prometheus: PrometheusApi,
  plan: Plan,
  t0: number,
): Promise<Pick<Evidence, 'panels' | 'variables'>> {
  const now = Date.now();
  const { variables, opened } = await openedChoice(prometheus, plan);
  const asking: Asking = { prometheus, plan, opened, variables, t0, now };
  const entries = plan.panels.flatMap((panel) =>
    panel.queries.map(
      async (query) => [`${panel.id} ${query.refId}`, await answer(asking, query)] as const,
    ),
  );
  return { panels: Object.fromEntries(await Promise.all(entries)), variables };
}

/** What stands for each variable when a dashboard is opened, and the values that it may have. */
export async function openedChoice(
  prometheus: PrometheusApi,
  plan: Pick<Plan, 'variables'>,
): Promise<{ variables: Evidence['variables']; opened: Choice }> {
  const variables: Evidence['variables'] = {};
  const opened: Choice = {};
  // In the plan's order: a selector holds placeholders of earlier variables only.
  for (const variable of plan.variables) {
    const values = await prometheus
      .labelValues(variable.label, filled(variable.selector, opened))
      .catch(() => []);
    variables[variable.placeholder] = values;
    opened[variable.placeholder] = textOf(variable, values, variable.current);
  }
  return { variables, opened };
}

async function answer(asking: Asking, asked: PanelQuery): Promise<PanelAnswer> {
  const query = filled(asked.runExpr, asking.opened);
  if (asked.problem !== null)
    return { query, askedAt: null, series: null, error: asked.problem, choices: [] };
  const choices = otherChoices(asking, asked);
  const at = { query, askedAt: asking.now };
  try {
    const series = await shownBy(asking, asked, query);
    return { ...at, series, error: null, choices: await Promise.all(choices) };
  } catch (error) {
    return { ...at, series: null, error: messageOf(error), choices: await Promise.all(choices) };
  }
}

/** What a panel shows of a query: the values now, or the curve from T0 on. */
async function shownBy(
  { prometheus, t0, now }: Asking,
  { instant, stepMs }: PanelQuery,
  query: string,
): Promise<Series[]> {
  if (!instant) return prometheus.range(query, t0, now, stepMs);
  const values = await prometheus.instant(query, now);
  return values.map(({ labels, value }) => ({ labels, samples: [[now, value]] }));
}

/** So many scrapes of the end of the load are looked at. */
const SCRAPES_LOOKED_AT = 10;

/** Whether there is data with the other choices of each variable that a query uses. */
function otherChoices(
  { prometheus, plan, opened, variables, t0 }: Asking,
  { runExpr }: PanelQuery,
): Promise<PanelAnswer['choices'][number]>[] {
  const endMs = t0 + plan.load.lengthMs;
  // One scrape that failed just then says nothing of the choice.
  const stepMs = Math.max(1, ...plan.jobs.map(({ scrapeMs }) => scrapeMs));
  const used = plan.variables.filter(({ placeholder }) => runExpr.includes(placeholder));
  return used.flatMap((variable) =>
    choicesOf(variable, variables[variable.placeholder] ?? []).map(async ({ chosen, text }) => {
      const other = filled(runExpr, { ...opened, [variable.placeholder]: text });
      return {
        chosen: `${variable.name} = ${chosen}`,
        series: await prometheus
          .lately(other, SCRAPES_LOOKED_AT, stepMs, endMs)
          .then((result) => result.length, messageOf),
      };
    }),
  );
}

/** Other choices worth a look: one value alone, and every value named. */
function choicesOf(variable: VariablePlan, values: string[]): { chosen: string; text: string }[] {
  const one = values.slice(0, 1);
  const all = variable.multi && values.length > 1 ? [values] : [];
  return [one, ...all]
    .filter((chosen) => chosen.length > 0)
    .map((chosen) => ({ chosen: chosen.join(' and '), text: textOf(variable, values, chosen) }));
}

/**
 * What stands for a variable with this choice; `$__all` is its own text for All, or every value.
 */
function textOf(variable: VariablePlan, values: string[], chosen: string[]): string {
  const all = chosen.length === 0 || chosen.includes('$__all');
  if (all && variable.includeAll && variable.allValue !== null) return variable.allValue;
  const picked = all ? (variable.includeAll ? values : values.slice(0, 1)) : chosen;
  return formatValues(picked, variable.format ?? undefined, variable) ?? picked.join('|');
}

/** A query with what stands for its placeholders. */
export function filled(text: string, choice: Choice): string {
  return Object.entries(choice).reduce(
    (out, [placeholder, value]) =>
      out.replaceAll(new RegExp(`\\b${placeholder}\\b`, 'g'), () => value),
    text,
  );
}

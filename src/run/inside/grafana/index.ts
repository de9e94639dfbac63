import { messageOf } from '../../../lib/errors.ts';
import { GRAFANA } from '../../../model/containers.ts';
import type { GrafanaEvidence } from '../../../model/grafana-evidence.ts';
import type { Plan } from '../../../model/plan.ts';
import type { Looks, Outside, RunEvent, RunRequest } from '../../events.ts';
import type { PrometheusApi } from '../../../lib/prometheus-api.ts';
import { GrafanaApi } from './api.ts';
import { askGrafana } from './ask.ts';

export interface GrafanaOptions {
  prometheus: PrometheusApi;
  /** Epoch ms. */
  t0: number;
  /** Who may have a browser. */
  outside: Outside | null;
  signal: AbortSignal;
  emit: (event: RunEvent) => void;
}

/**
 * Asks Grafana what it is judged by, and has its dashboards opened in a browser; null where it
 * isn't there, or nothing of it is judged.
 */
export async function lookIntoGrafana(
  plan: Plan,
  { containers }: RunRequest,
  { prometheus, t0, outside, signal, emit }: GrafanaOptions,
): Promise<GrafanaEvidence | null> {
  const login = containers?.backing.includes(GRAFANA.service)
    ? containers.logins.grafana
    : undefined;
  if (!login || plan.dataSources.length + plan.dashboards.length + plan.grafanaRules.length === 0)
    return null;
  if (outside?.whyLost(GRAFANA.service) !== undefined) return { ...NOTHING, ...endOf(outside) };
  emit({ type: 'phase', text: 'asking Grafana' });
  const asked = await askGrafana(
    new GrafanaApi(`http://${GRAFANA.service}:${GRAFANA.port}`, login),
    prometheus,
    plan,
    t0,
  );
  const looks =
    outside && plan.dashboards.length > 0
      ? await looked(outside, t0, signal, asked.queryErrors)
      : null;
  return { ...asked, looks, ...endOf(outside) };
}

/** What is known of a Grafana that was gone before it could be asked. */
const NOTHING: GrafanaEvidence = {
  ...{ health: null, dataSources: null, dashboards: {}, panels: {}, rules: null },
  ...{ looks: null, queryErrors: [] },
};

function endOf(outside: Outside | null): Pick<GrafanaEvidence, 'ended'> {
  const ended = outside?.whyLost(GRAFANA.service);
  return ended === undefined ? {} : { ended };
}

/**
 * What a browser shows of the dashboards: none of them when it fails, and why is among the query
 * errors.
 */
async function looked(
  outside: Outside,
  t0: number,
  signal: AbortSignal,
  queryErrors: GrafanaEvidence['queryErrors'],
): Promise<Looks> {
  try {
    return (await outside.ask({ verb: 'look', fromMs: t0, toMs: Date.now() }, signal)) as Looks;
  } catch (error) {
    signal.throwIfAborted();
    queryErrors.push({ query: 'browser', error: messageOf(error) });
    return {};
  }
}

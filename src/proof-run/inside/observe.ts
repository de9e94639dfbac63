import type { ProofEvidence } from '../../model/proof-evidence.ts';
import { get } from '../../lib/http.ts';
import { ALERTMANAGER_URL, PROMETHEUS_URL } from './programs.ts';

const EVERY_MS = 1_000;

type Labels = Record<string, string>;
interface HeldBack {
  labels: Labels;
  status: { state: string; inhibitedBy: string[]; silencedBy: string[]; mutedBy?: string[] };
  fingerprint: string;
}

/**
 * Looks once a second at what only the programs themselves know: filled-in annotations, scrapes
 * that fail, and which alerts Alertmanager holds back. A look that fails is one look less.
 */
export function observe(
  evidence: Pick<ProofEvidence, 'annotations' | 'suppressed' | 'scrapeErrors'>,
  alertmanager: boolean,
): Disposable {
  const annotated = new Map(evidence.annotations.map((one) => [key(one.labels), one]));
  const held = new Map<string, ProofEvidence['suppressed'][number]>();
  let busy = false;
  const look = async (): Promise<void> => {
    for (const alert of await activeAlerts())
      if (!annotated.has(key(alert.labels))) {
        annotated.set(key(alert.labels), alert);
        evidence.annotations.push(alert);
      }
    for (const [job, error] of await scrapeErrors()) evidence.scrapeErrors[job] ??= error;
    if (!alertmanager) return;
    for (const one of await heldBack())
      if (!held.has(key(one.labels))) {
        held.set(key(one.labels), one);
        evidence.suppressed.push(one);
      }
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    look()
      .catch(() => undefined)
      .finally(() => (busy = false));
  }, EVERY_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Jobs whose last scrape failed, with what Prometheus says of it. */
export async function scrapeErrors(): Promise<[job: string, error: string][]> {
  const { data } = JSON.parse(await get(`${PROMETHEUS_URL}/api/v1/targets?state=active`)) as {
    data: { activeTargets: { scrapePool: string; lastError: string }[] };
  };
  return data.activeTargets
    .filter(({ lastError }) => lastError !== '')
    .map(({ scrapePool, lastError }) => [scrapePool, lastError]);
}

async function activeAlerts(): Promise<ProofEvidence['annotations']> {
  const { data } = JSON.parse(await get(`${PROMETHEUS_URL}/api/v1/alerts`)) as {
    data: { alerts: { labels: Labels; annotations: Labels }[] };
  };
  return data.alerts.map(({ labels, annotations }) => ({ labels, annotations }));
}

async function heldBack(): Promise<ProofEvidence['suppressed']> {
  const alerts = JSON.parse(await get(`${ALERTMANAGER_URL}/api/v2/alerts`)) as HeldBack[];
  const byFingerprint = new Map(alerts.map((alert) => [alert.fingerprint, alert.labels]));
  return alerts
    .filter(({ status }) => status.state === 'suppressed')
    .map(({ labels, status }) => ({
      labels,
      by:
        status.inhibitedBy.length > 0
          ? 'inhibition'
          : status.silencedBy.length > 0
            ? 'silence'
            : 'mute',
      source: status.inhibitedBy.flatMap((print) => {
        const labels = byFingerprint.get(print);
        return labels ? [labels] : [];
      }),
    }));
}

function key(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

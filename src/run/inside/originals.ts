import { readExposition } from '../../lib/exposition.ts';
import { messageOf } from '../../lib/errors.ts';
import { splitTarget } from '../../lib/target.ts';
import type { OriginalPlan } from '../../model/containers.ts';
import type { OriginalEvidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import { RUNNING_TECHNOLOGIES } from '../../technologies/run-registry.ts';
import type { Truth } from '../../technologies/truth.ts';
import type { ContainerWorld, Outside } from '../events.ts';
import { answerOf } from '../../lib/http.ts';
import { unlessAborted } from '../../lib/wait.ts';

const FILL_WITHIN_MS = 30_000;
const SCRAPE_WITHIN_MS = 10_000;

/** A real program beside its stand-in, filled by its own client. */
export interface FilledOriginal {
  service: string;
  job: string;
  url: string;
  truths: Truth[];
  /** Why it couldn't be filled, in words; null: it is. */
  error: string | null;
}

/**
 * Lets the technologies fill the real programs that run beside their stand-ins. One that takes
 * nothing is no error of the run: that is said of it at the end.
 */
export async function fillOriginals(
  { jobs }: Plan,
  world: Pick<ContainerWorld, 'originals' | 'logins'> | null,
  signal: AbortSignal,
): Promise<FilledOriginal[]> {
  return Promise.all(
    (world?.originals ?? []).flatMap(({ service, job }) => {
      const scraped = jobs.find(({ name }) => name === job);
      return scraped ? [fill({ service, job }, scraped, world?.logins ?? {}, signal)] : [];
    }),
  );
}

async function fill(
  { service, job }: OriginalPlan,
  { target, metricsPath, component }: Plan['jobs'][number],
  logins: ContainerWorld['logins'],
  signal: AbortSignal,
): Promise<FilledOriginal> {
  const base = `http://${service}:${splitTarget(target).port}`;
  const technology = RUNNING_TECHNOLOGIES.find(({ processes }) => processes[component]);
  const filled = { service, job, url: `${base}${metricsPath}` };
  const late = AbortSignal.timeout(FILL_WITHIN_MS);
  const filling = technology?.fill?.({ base, logins }, AbortSignal.any([signal, late]));
  try {
    // Each listened to by itself: among several, Node may forget a timeout.
    const truths = await unlessAborted(unlessAborted(Promise.resolve(filling), signal), late);
    return { ...filled, truths: truths ?? [], error: null };
  } catch (error) {
    signal.throwIfAborted();
    return { ...filled, truths: [], error: messageOf(error) };
  }
}

/** Scrapes each of them once, as Prometheus would: from another address, without a login. */
export async function askOriginals(
  originals: FilledOriginal[],
  outside: Pick<Outside, 'whyLost'> | null,
  signal: AbortSignal,
): Promise<OriginalEvidence[]> {
  return Promise.all(
    originals.map(async ({ service, job, url, truths, error }): Promise<OriginalEvidence> => {
      const truth = truths.map(({ series }) => series);
      const known = { service, job, url, error: outside?.whyLost(service) ?? error, truth };
      if (known.error !== null) return { ...known, metrics: [], metadata: [] };
      try {
        return { ...known, ...(await scrape(url, service, signal)) };
      } catch (failure) {
        signal.throwIfAborted();
        return { ...known, error: messageOf(failure), metrics: [], metadata: [] };
      }
    }),
  );
}

/** A scrape as series with one sample each, which has the time at which the scrape began. */
async function scrape(
  url: string,
  job: string,
  signal: AbortSignal,
): Promise<Pick<OriginalEvidence, 'metrics' | 'metadata'>> {
  const at = Date.now();
  const asked = { signal, timeoutMs: SCRAPE_WITHIN_MS };
  const { ok, status, body: text } = await answerOf(url, asked);
  if (!ok) throw new Error(`${url} answered ${status}: ${text.slice(0, 300)}`);
  const { samples, types, unread } = readExposition(text);
  if (unread > 0) throw new Error(`${url}: ${unread} lines are no exposition`);
  return {
    metrics: samples.map(({ name, labels, value }) => ({
      labels: { ...labels, __name__: name, job, instance: new URL(url).host },
      samples: [[at, value]],
    })),
    metadata: Object.entries(types).map(([metric, type]) => ({
      job,
      metric,
      // As Prometheus calls it.
      type: type === 'untyped' ? 'unknown' : type,
    })),
  };
}

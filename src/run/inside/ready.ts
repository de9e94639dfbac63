import { HarnessError } from '../../lib/errors.ts';
import { until } from '../../lib/wait.ts';
import { delivers } from '../../lib/notices/notice.ts';
import { noticesOf } from '../../lib/notices/index.ts';
import { groupOf } from '../../lib/rule-groups.ts';
import type { Evidence, GroupHealth } from '../../model/evidence.ts';
import type { AlertPlan, Plan } from '../../model/plan.ts';
import { isEvaluated, readGroups } from './evaluations.ts';
import type { PrometheusApi } from '../../lib/prometheus-api.ts';
import { UP_WITHIN_MS, waitForTargets } from './targets.ts';

/**
 * What starting makes active is over after the widest window and some evaluations; then this much
 * room, ms.
 */
const CALM_MS = 8_000;
/** Room for a slow machine, beside the Watchdog's own waits, ms. */
const WATCHDOG_MS = 10_000;
/** Room for a slow machine, beside an interval, until a rule group is evaluated, ms. */
const EVALUATED_MS = 10_000;
/** So many times the Watchdog's own waits it may take to arrive for the first time. */
const EVALUATIONS = 4;
/** What fired longer ago than this has been told of, ms. */
const BEFORE_MS = 60_000;
/** Time from the decision to T0 itself, ms: k6 has to be told. */
const NOTICE_MS = 250;

/** What the beginning waits for, and with what. */
interface Waiting {
  plan: Plan;
  prometheus: PrometheusApi;
  evidence: Pick<Evidence, 'notifications' | 'deliveries' | 'unscraped'>;
  signal: AbortSignal;
  /** Waits until a look gives true; else it says what is in the way. */
  waitFor: (what: string, timeoutMs: number, look: () => Promise<true | string>) => Promise<void>;
}

/**
 * Waits until the plan can begin, and says when: every target up, the Watchdog delivered, nothing
 * else active; but for what has a fault of its own, which is put down or told by its verdicts.
 * The Watchdog is the positive control: without it nothing is judged.
 * @param waitingFor is told what is awaited, and how long at most, ms
 * @returns T0, epoch ms, on the evaluation grid of the plan's group
 * @throws HarnessError that says which target doesn't come up or that the Watchdog didn't arrive
 */
export async function waitUntilReady(
  plan: Plan,
  prometheus: PrometheusApi,
  evidence: Waiting['evidence'],
  signal: AbortSignal,
  waitingFor: (what: string, withinMs: number) => void,
): Promise<number> {
  const waitFor: Waiting['waitFor'] = async (what, timeoutMs, look) => {
    waitingFor(what, timeoutMs);
    await until(
      async () => {
        const seen = await look();
        if (seen !== true) throw new Error(seen);
        return seen;
      },
      { what, timeoutMs, everyMs: 50, signal },
    );
  };
  const waiting = { plan, prometheus, evidence, signal, waitFor };
  waitingFor('every target is up', UP_WITHIN_MS);
  evidence.unscraped = await waitForTargets(plan, prometheus, signal);
  await watchdogArrived(waiting);
  await everyGroupEvaluated(waiting);
  const began = Date.now() - BEFORE_MS;
  await nothingElseActive(waiting, began);
  const groups = await readGroups(prometheus, { fromMs: began });
  return gridTime(plan, groups, Date.now() + NOTICE_MS);
}

async function watchdogArrived({ plan, evidence, signal, waitFor }: Waiting): Promise<void> {
  const watchdog = plan.alerts.find((a) => a.alert === plan.watchdog.alert);
  const promised = watchdog?.receivers ?? [];
  const withinMs = WATCHDOG_MS + EVALUATIONS * firstToldMs(watchdog);
  try {
    await waitFor('the Watchdog arrives', withinMs, () =>
      Promise.resolve(
        noticesOf(evidence).some(
          (n) =>
            n.alertname === plan.watchdog.alert &&
            promised.some((receiver) => delivers(n, receiver)),
        ) || 'no notification of it yet',
      ),
    );
  } catch (cause) {
    signal.throwIfAborted();
    throw new WatchdogSilent(
      `the Watchdog (${plan.watchdog.alert}) didn't arrive within ` +
        `${Math.round(withinMs / 1000)} s: the path from Prometheus over Alertmanager to its ` +
        "receiver doesn't work, so no silence would prove anything",
      'Look at logs/alertmanager.log of the run folder and at the route and receiver of the ' +
        'Watchdog in alertmanager.yml.',
      { cause },
    );
  }
}

/**
 * What a group's rules say is known from its first evaluation on, and so is its grid. Prometheus
 * spreads first evaluations over an interval (rules/group.go, `EvalTimestamp`).
 */
async function everyGroupEvaluated({ prometheus, waitFor }: Waiting): Promise<void> {
  const groups = await prometheus.groups();
  const intervalMs = Math.max(0, ...groups.map((group) => group.intervalMs));
  await waitFor('every rule group is evaluated', EVALUATED_MS + intervalMs, async () => {
    const waiting = (await prometheus.groups()).filter((group) => !isEvaluated(group));
    return waiting.length === 0 || `not yet: ${waiting.map(({ name }) => name).join(', ')}`;
  });
}

/**
 * What fired while the stack came up has to be over and told before the first step. What stays
 * active has a reason of its own: its verdicts tell of it, and all others are judged.
 */
async function nothingElseActive(
  { plan, prometheus, evidence, waitFor }: Waiting,
  began: number,
): Promise<void> {
  const evaluationMs = Math.max(...plan.alerts.map((alert) => alert.timing.evaluationMs));
  const settleMs =
    evaluationMs + 2 * Math.max(...plan.alerts.map((alert) => alert.timing.groupIntervalMs));
  const widestMs = Math.max(...plan.alerts.map((alert) => alert.timing.windowMs));
  const calmWithinMs = CALM_MS + settleMs + widestMs + 4 * evaluationMs;
  // By the clock that nobody sets.
  const calmBy = performance.now() + calmWithinMs;
  // A target that isn't scraped is told of all the time, by right.
  const unscraped = new Set((evidence.unscraped ?? []).map(({ job }) => job));
  const others = <T extends { labels: Record<string, string> }>(alerts: T[]): T[] =>
    alerts.filter(
      ({ labels }) =>
        labels['alertname'] !== plan.watchdog.alert && !unscraped.has(labels['job'] ?? ''),
    );
  await waitFor('nothing is active but the Watchdog', calmWithinMs + CALM_MS, async () => {
    if (performance.now() > calmBy) return true;
    const active = others(await prometheus.instant('ALERTS'));
    if (active.length > 0)
      return `active: ${active.map((a) => `${a.labels['alertname'] ?? ''} ${a.labels['job'] ?? ''}`).join(', ')}`;
    // Also of what fired and ended while something else was waited for, the end has to be told.
    const fired = others(await prometheus.raw('ALERTS{alertstate="firing"}', began)).map(
      ({ samples }) => samples.at(-1)?.[0] ?? 0,
    );
    return (
      Date.now() - Math.max(0, ...fired) > settleMs || 'waiting for their resolution to be told'
    );
  });
}

/**
 * An alert that always fires is told first after its evaluation and `group_wait`; how often it
 * repeats plays no part.
 */
function firstToldMs(watchdog: AlertPlan | undefined): number {
  return watchdog ? watchdog.timing.evaluationMs + watchdog.timing.groupWaitMs : 0;
}

/** The Watchdog didn't get through: a finding of its own, and the end of the run. */
export class WatchdogSilent extends HarnessError {
  override name = 'WatchdogSilent';
}

function gridTime(plan: Plan, groups: GroupHealth[], notBefore: number): number {
  const group = plan.alignToGroup && groupOf(groups, plan.alignToGroup);
  if (!group) return notBefore;
  return (
    group.evaluationAt +
    Math.ceil((notBefore - group.evaluationAt) / group.intervalMs) * group.intervalMs
  );
}

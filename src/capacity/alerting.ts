import { withUnit } from '../lib/amounts.ts';
import type { CapacityAccount } from '../model/capacity-load.ts';
import type { AlertUnderLoad, AlertingUnderLoad } from '../model/capacity.ts';
import { subjectId } from '../model/expectation.ts';
import type { Expectation } from '../model/expectation.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Provoked } from './provoked.ts';

/**
 * What of an alert's life is judged under load: that it fires and that everybody is told, in time
 * and in the right words.
 */
const EXPECTED: Expectation['kind'][] = [
  'judged',
  'pending-in-time',
  'fires-on-time',
  'notification-content',
];
/** More than this missing, the load wasn't the one that was meant. */
const MOST_MISSING = 0.05;

/** The worst of an alert's verdicts, with its words. Nothing judged is never a pass. */
export function alertUnderLoad(
  { group, alert }: Provoked,
  verdicts: Verdict[],
  promisedMs: number,
  deliveredMs: number | null,
): AlertUnderLoad {
  const own = verdicts.filter(
    ({ expectation }) =>
      subjectId(expectation.subject) === alert &&
      (EXPECTED.includes(expectation.kind) || tellsOfFiring(expectation)),
  );
  const worst =
    own.find(({ outcome }) => outcome === 'fail') ??
    own.find(({ outcome }) => outcome === 'inconclusive');
  const told = own.some(
    ({ expectation, outcome }) => tellsOfFiring(expectation) && outcome === 'pass',
  );
  const detail = worst?.finding
    ? `${worst.finding.title}: ` +
      `${worst.finding.seen}${worst.outcome === 'inconclusive' ? ` (${worst.finding.likelyCause})` : ''}`
    : told
      ? ''
      : 'nothing was judged';
  return {
    group,
    alert,
    promisedMs,
    deliveredMs,
    detail,
    outcome: worst?.outcome ?? (told ? 'pass' : 'inconclusive'),
  };
}

function tellsOfFiring(expectation: Expectation): boolean {
  return expectation.kind === 'told' && expectation.status === 'firing';
}

/** What a run under load has left. */
interface UnderLoad {
  alerts: AlertUnderLoad[];
  /** All of the run's, those on other alerts too. */
  verdicts: Verdict[];
  /** k6's of the load; null when it left none. */
  account: CapacityAccount | null;
  /** Why the run ended early; null: it didn't. */
  interruption: string | null;
  mustWork: boolean;
}

/**
 * All alerts together. Where they must work, a load that wasn't there proves nothing, whatever the
 * alerts did.
 */
export function alertingOutcome(run: UnderLoad): Pick<AlertingUnderLoad, 'outcome' | 'detail'> {
  const { alerts, verdicts, account, interruption, mustWork } = run;
  if (interruption !== null)
    return { outcome: 'inconclusive', detail: `the run ended early: ${interruption}` };
  if (!account) return { outcome: 'inconclusive', detail: 'k6 left no account of the load' };
  const load = loadDetail(account, verdicts);
  if (verdicts.some(({ finding }) => finding?.id === 'watchdog-silent'))
    return { outcome: 'fail', detail: `not even the Watchdog arrived; ${load}` };
  const worst = (['fail', 'inconclusive'] as const).find((outcome) =>
    alerts.some((alert) => alert.outcome === outcome),
  );
  if (mustWork && missingOf(account) > MOST_MISSING && worst !== 'fail')
    return { outcome: 'inconclusive', detail: `the load wasn't there: ${load}` };
  if (alerts.length === 0) return { outcome: 'inconclusive', detail: 'no alert can be provoked' };
  return {
    outcome: worst ?? 'pass',
    detail: worst === undefined ? `each alert was delivered in time; ${load}` : load,
  };
}

/** Share of the load that wasn't sent: what a subject beyond its saturation point holds up, too. */
function missingOf({ dropped, iterations }: CapacityAccount): number {
  return dropped / Math.max(1, dropped + iterations);
}

/** How the load went, and who else was told, in words. */
function loadDetail(account: CapacityAccount, verdicts: Verdict[]): string {
  const { sent, unanswered, errors } = account.all;
  const failed = sent === 0 ? 1 : (unanswered + errors) / sent;
  const others = verdicts
    .filter(
      ({ finding }) =>
        finding?.id === 'unexpected-alert' || finding?.id === 'unexpected-notification',
    )
    .map(({ finding }) => finding?.title ?? '');
  const besides = others.length > 0 ? `; besides: ${[...new Set(others)].join('; ')}` : '';
  return (
    `${withUnit(missingOf(account), 'share')} of the load was dropped, ` +
    `${withUnit(failed, 'share')} answered with an error or not at all (some was asked for)` +
    besides
  );
}

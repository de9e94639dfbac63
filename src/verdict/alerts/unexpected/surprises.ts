import { inactiveWithinMs, receivedWithinMs, toldWithinMs } from '../../../lib/formulas.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { AlertPlan, Plan } from '../../../model/plan.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { lateReturns } from '../late-return.ts';
import { inconclusive } from '../../inconclusive.ts';
import { poorScrapes, poorText } from '../../scrapes/poor.ts';
import { readsJob } from '../../unscraped.ts';
import { runDoubts } from '../doubts/index.ts';
import { alertmanagerStood } from '../doubts/standing.ts';

/** Something that the plan doesn't foresee. */
export interface Surprise {
  text: string;
  /**
   * What is wrong with it: who was told, which instance it is about, or when. No lateness sends an
   * alert to another receiver; a target whose scrape failed is an instance that nobody provoked.
   */
  kind: 'receiver' | 'instance' | 'time';
  /** Epoch ms. */
  at: number;
  job: string | undefined;
}

/** Why the machine may have made a surprise, each with its figure; none: it can't have. */
export type Reasons = (surprise: Surprise) => string[];

/** The reasons that were recorded shortly enough before that an alert's whole life lies between. */
export function reasonsFor(plan: Plan, evidence: Evidence, alert: AlertPlan): Reasons {
  const poor = poorScrapes(plan, evidence);
  const timed = runDoubts(evidence).filter(
    ({ explains }) => explains?.includes('unexpected-notification') ?? true,
  );
  const stood = alertmanagerStood(plan, evidence);
  const tellingMs = receivedWithinMs(alert.timing, 'resolved');
  const returned = lateReturns(plan, evidence);
  const lifeMs = lifeOf(alert);
  const expr = plan.rules[alert.alert]?.expr ?? '';
  return ({ kind, at, job }) => {
    if (kind === 'receiver') return [];
    const before = (cause: number): boolean => cause <= at && cause >= at - lifeMs;
    const isAbout = (scraped: string): boolean =>
      job === undefined ? readsJob(expr, scraped, plan) : scraped === job;
    const scrapes = poor.filter((one) => isAbout(one.job) && before(one.at)).map(poorText);
    if (kind === 'instance') return scrapes;
    const late = timed.filter((doubt) => doubt.at === undefined || before(doubt.at));
    const held = stood.filter((one) => before(one.at) && one.at >= at - tellingMs);
    const back = returned.filter((one) => one.job === job && before(one.at));
    return [...scrapes, ...[...late, ...held, ...back].map(({ reason }) => reason)];
  };
}

/**
 * From what makes an alert active for a moment until the last person is told of its end, at most;
 * run ms.
 */
function lifeOf({ timing }: AlertPlan): number {
  return (
    toldWithinMs(timing) +
    inactiveWithinMs(timing, timing.windowMs) +
    receivedWithinMs(timing, 'resolved')
  );
}

/**
 * The verdict on surprises: it fails by those that nothing explains; when the machine may have made
 * each of them it is inconclusive, with the reasons.
 */
export function believed(
  surprises: Surprise[],
  reasons: Reasons,
  verdict: (which: Surprise[]) => Verdict,
): Verdict {
  const certain = surprises.filter((surprise) => reasons(surprise).length === 0);
  if (certain.length > 0) return verdict(certain);
  return inconclusive(verdict(surprises), surprises.flatMap(reasons));
}

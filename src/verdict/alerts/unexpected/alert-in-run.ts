import type { Notice } from '../../../lib/notices/notice.ts';
import type { FindingId } from '../../../model/finding.ts';
import type { AlertPlan } from '../../../model/plan.ts';
import type { RunContext, TrackContext } from '../context.ts';

/** One alert in a run, with all that may explain why it fired or somebody was told of it. */
export interface AlertInRun extends RunContext {
  alert: AlertPlan;
  /** Tracks of all alerts. */
  tracks: TrackContext[];
  /** Tracks of this one. */
  own: TrackContext[];
  /** What was told of it since T0. */
  told: Notice[];
  /** Findings that another verdict has already. */
  named: ReadonlySet<FindingId>;
}

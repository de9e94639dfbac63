import type { CheckFinding } from '../../model/check.ts';
import type { Notice } from '../../lib/notices/notice.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { Phase, Track } from '../../model/track.ts';
import type { Editor } from './document.ts';
import type { RecordedWorld } from '../../model/recorded-world.ts';
import type { Judgement } from '../../model/verdict.ts';

/**
 * What happened to the alert instance of one track, as the verdict read it from the evidence. Times
 * are epoch ms.
 */
export interface Life {
  track: Track;
  /** Its stretches of being active; `lastAt` is the last evaluation that saw it so. */
  episodes: { activeAt: number; firingAt: number | null; lastAt: number }[];
  notices: Notice[];
  /** When each of its phases really began. */
  began: Partial<Record<Phase, number>>;
}

/** What a page is made of beside its data. */
export interface Assets {
  /** The page's own script, bundled with the plotting library. */
  script: string;
  /** The style sheets, the library's first. */
  styles: string;
  /** docs/findings.md: what to make of each kind of finding. */
  guide: string;
}

/** Everything the page is drawn from. */
export interface HtmlInput {
  judgement: Judgement;
  /** Of all worlds together, each track as it was done last. */
  plan: Plan;
  /** Of the run's own world. */
  evidence: Evidence;
  /** Every world of the run, its own first. */
  worlds: RecordedWorld[];
  /** Empty when the run never reached T0. */
  lives: Life[];
  /**
   * The truth beside the panels: by `<panel id> <refId>`, for each series in its order, [from, to,
   * least, greatest]; epoch ms.
   */
  comparisons: Record<string, [fromMs: number, toMs: number, low: number, high: number][][]>;
  /** What `check` finds wrong in the stack's files; empty when they were not looked at, too. */
  files: CheckFinding[];
  /** The same in files that what was proved has no part in. */
  otherFiles: CheckFinding[];
  /** The stack's folder as `--stack` takes it; null for the project's own. */
  stackDir: string | null;
  /** Where places are opened; without it they can only be copied. */
  editor?: Editor | undefined;
  assets: Assets;
}

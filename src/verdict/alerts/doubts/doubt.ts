import type { FindingId } from '../../../model/finding.ts';

/** A reason not to believe a failure, with the figure that shows it. */
export interface Doubt {
  reason: string;
  /** When it holds, epoch ms; always when absent. */
  at?: number;
  /** Findings that it can explain; all when absent. */
  explains?: FindingId[];
  /**
   * It can't explain that an expression had no value at all: too little was done, or too late, but
   * not nothing.
   */
  notWithoutValue?: true;
}

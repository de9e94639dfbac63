import { RATIO } from './figures.ts';
import type { Figures, Night } from './figures.ts';

/** Good nights that are looked back at. */
export const LOOK_BACK = 14;
/** With fewer nights nobody knows what is usual. */
export const FEWEST = 5;
/**
 * Differences below these are noise of clocks and schedulers, whatever the spread of so few nights:
 * seconds, and share of the usual.
 */
const FLOOR_SECONDS = 0.15;
const FLOOR_SHARE = 0.02;

/** A figure beside those of the nights before. */
export interface Compared {
  name: string;
  tonight: number;
  usual: number;
  /** The most that it may be: the usual and its spread. */
  limit: number;
  nights: number;
  worse: boolean;
}

export interface Comparison {
  figures: Compared[];
  /** Figures that too few nights have. */
  tooNew: string[];
  /** Figures that all nights had and tonight has not. */
  gone: string[];
}

/**
 * Tonight's figures beside the last {@link LOOK_BACK} good nights of the same stack and speed. A
 * figure is worse when it is above their median by more than three times their median absolute
 * deviation, which one odd night doesn't move, and by more than its step.
 */
export function compareNights({ night: tonight, steps }: Figures, history: Night[]): Comparison {
  const nights = history
    .filter(
      (n) =>
        n.stackName === tonight.stackName && n.speed === tonight.speed && n.runId !== tonight.runId,
    )
    .slice(-LOOK_BACK);
  const before = (name: string): number[] => nights.flatMap((n) => n.figures[name] ?? []);
  const names = Object.keys(tonight.figures);
  const known = names.filter((name) => before(name).length >= FEWEST);
  const gone = [...new Set(nights.flatMap((n) => Object.keys(n.figures)))].filter(
    (name) => !names.includes(name) && before(name).length === nights.length,
  );
  return {
    figures: known.map((name) =>
      compared(name, tonight.figures[name] ?? 0, before(name), steps[name] ?? 0),
    ),
    tooNew: names.filter((name) => !known.includes(name)),
    gone,
  };
}

function compared(name: string, tonight: number, before: number[], step: number): Compared {
  const usual = median(before);
  const spread = 3 * median(before.map((value) => Math.abs(value - usual)));
  const limit =
    usual +
    Math.max(spread, FLOOR_SHARE * Math.abs(usual), name === RATIO ? 0 : step + FLOOR_SECONDS);
  return { name, tonight, usual, limit, nights: before.length, worse: tonight > limit };
}

/** The middle value; of an even number the mean of the two in the middle. */
function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

import type { Strain } from './measure.ts';

/** How fast a proof runs, and in how many worlds side by side. */
export interface Pace {
  speed: number;
  worlds: number;
}

/** What a person named of it; the rest is chosen. */
export interface AskedPace {
  speed?: number;
  worlds?: number;
  /** Where no speed is named: none faster than this, but for the slowest that there is. */
  atMost?: number;
  /** It runs in containers, which have no right of way. */
  inContainers?: boolean;
  /** The share of the stack's jobs that are scraped; all of them by default. */
  share?: number;
}

/** The speeds that are tried, the fastest first; the last one runs on nearly any machine. */
const SPEEDS = [150, 120, 100, 75, 60, 40, 30, 20];
/** Only a small part of a stack runs faster: the whole was never tried so. */
const FASTEST_WHOLE = 120;
const SMALL_SHARE = 0.5;
const MOST_WORLDS = 2;
/** Cores this near to usual ones aren't spoken of. */
const NO_DIFFERENCE = 0.05;
/** A proof in two worlds is through in two thirds of the time. */
const SIDE_BY_SIDE = 1.5;
/**
 * Timers may be late by this much of real time divided by the speed: a quarter of a usual scrape
 * timeout (10 s).
 */
const LATE_MODEL_MS = 2_500;
/**
 * What containers need of free cores beside what processes do: all of them together have the weight
 * of one process that somebody else runs, and wait for it. With one of two cores kept busy, 1.5
 * were free, and at speed 60 scrapes of PostgreSQL's exporter took 170 ms and more of 167.
 */
const CONTAINERS = 1.5;

/**
 * Above this speed the whole of a stack wants all of two cores for seconds on end, when services
 * come back while the limits of others are passed: of eight proofs on two quiet cores five did
 * something again (docs/timing.md).
 */
const SPEED_OF_TWO_CORES = 100;
const FOR_A_CROWD = 0.5;

/**
 * Cores that have to be free. What a proof of this project's own stack takes was measured
 * (docs/timing.md), with room for a start, which takes more than running. The second world has
 * little in it.
 */
function coresFor({ speed, worlds }: Pace, { inContainers = false, share = 1 }: AskedPace): number {
  const isCrowded = speed > SPEED_OF_TWO_CORES && share > SMALL_SHARE;
  const first = 0.5 + 0.01 * speed * share + (isCrowded ? FOR_A_CROWD : 0);
  // Half of a life beside the other takes as much, outages beside the rest little.
  const second = share < 1 ? 0.01 * speed * share : 0.25;
  return first * (inContainers ? CONTAINERS : 1) + (worlds > 1 ? second : 0);
}

/** Whether the machine bears a pace. */
export function bears(
  { freeCores, quickness, latenessMs }: Strain,
  pace: Pace,
  asked: AskedPace = {},
): boolean {
  return freeCores * quickness >= coresFor(pace, asked) && latenessMs <= LATE_MODEL_MS / pace.speed;
}

/**
 * The paces that the machine bears, the fastest first. What was asked for is kept even if it
 * doesn't bear it, and without a wish the slowest one is always left.
 */
export function pacesFor(strain: Strain, asked: AskedPace = {}): Pace[] {
  const { share = 1 } = asked;
  const { atMost = share > SMALL_SHARE ? FASTEST_WHOLE : Infinity } = asked;
  const slowEnough = SPEEDS.filter((speed, i) => speed <= atMost || i === SPEEDS.length - 1);
  const speeds = asked.speed === undefined ? slowEnough : [asked.speed];
  const counts = asked.worlds === undefined ? downFrom(MOST_WORLDS) : [asked.worlds];
  const all = speeds.flatMap((speed) => counts.map((worlds) => ({ speed, worlds })));
  const fastestFirst = all.sort((a, b) => progressOf(b) - progressOf(a));
  return fastestFirst.filter((pace, i) => i === all.length - 1 || bears(strain, pace, asked));
}

/** How much of a proof is through in a time, against one world in real time. */
export function progressOf({ speed, worlds }: Pace): number {
  return speed * (worlds > 1 ? SIDE_BY_SIDE : 1);
}

function downFrom(most: number): number[] {
  return Array.from({ length: most }, (_, i) => most - i);
}

/** What was chosen and why, in words with the figures. */
export function paceText(pace: Pace, strain: Strain, asked: AskedPace = {}): string {
  const { cores, freeCores, quickness, latenessMs } = strain;
  const side = pace.worlds === 1 ? '' : `, ${pace.worlds} worlds side by side`;
  const quick =
    Math.abs(quickness - 1) < NO_DIFFERENCE ? '' : `each ${quickness.toFixed(2)} of a usual one, `;
  const free = `${freeCores.toFixed(1)} of ${cores} cores are free`;
  const figures = `${free}, ${quick}timers ${Math.round(latenessMs)} ms late`;
  const doubt = bears(strain, pace, asked)
    ? ''
    : '; that is little for it, and some of it may not be judged';
  return `speed ${pace.speed}${side}: ${figures}${doubt}`;
}

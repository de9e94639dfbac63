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
}

/** The speeds that are tried, the fastest first; the last one runs on nearly any machine. */
const SPEEDS = [100, 80, 60, 40, 30, 20];
const MOST_WORLDS = 3;
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
 * Cores that have to be free. What a proof of this project's own stack takes was measured
 * (docs/timing.md), and half of it is added: starting takes more than running, and a core that is
 * free now needn't stay so. A second world is the monitoring alone, and takes little; a third one
 * has everything once more: on two cores, at speed 100, it and the first spoilt each other's
 * scrapes.
 */
function coresFor({ speed, worlds }: Pace, { inContainers = false }: AskedPace): number {
  const whole = (0.5 + 0.01 * speed) * (inContainers ? CONTAINERS : 1);
  const monitoring = 0.25;
  return whole + (worlds > 1 ? monitoring : 0) + (worlds > 2 ? whole : 0);
}

/** Whether the machine bears a pace. */
export function bears(
  { freeCores, latenessMs }: Strain,
  pace: Pace,
  asked: AskedPace = {},
): boolean {
  return freeCores >= coresFor(pace, asked) && latenessMs <= LATE_MODEL_MS / pace.speed;
}

/**
 * The paces that the machine bears, the fastest first. What was asked for is kept even if it
 * doesn't bear it, and without a wish the slowest one is always left.
 */
export function pacesFor(strain: Strain, asked: AskedPace = {}): Pace[] {
  const { atMost = Infinity } = asked;
  const slowEnough = SPEEDS.filter((speed, i) => speed <= atMost || i === SPEEDS.length - 1);
  const speeds = asked.speed === undefined ? slowEnough : [asked.speed];
  const counts = asked.worlds === undefined ? downFrom(MOST_WORLDS) : [asked.worlds];
  const all = speeds.flatMap((speed) => counts.map((worlds) => ({ speed, worlds })));
  return all.filter((pace, i) => i === all.length - 1 || bears(strain, pace, asked));
}

function downFrom(most: number): number[] {
  return Array.from({ length: most }, (_, i) => most - i);
}

/** What was chosen and why, in words with the figures. */
export function paceText(pace: Pace, strain: Strain, asked: AskedPace = {}): string {
  const { cores, freeCores, latenessMs } = strain;
  const side = pace.worlds === 1 ? '' : `, ${pace.worlds} worlds side by side`;
  const figures = `${freeCores.toFixed(1)} of ${cores} cores are free, timers ${Math.round(latenessMs)} ms late`;
  const doubt = bears(strain, pace, asked)
    ? ''
    : '; that is little for it, and some of it may not be judged';
  return `speed ${pace.speed}${side}: ${figures}${doubt}`;
}

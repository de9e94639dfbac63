import type { State } from './assertion.ts';
import type { Phase } from './series.ts';

/** How the world goes, and what the alert must be in it. */
export interface Course {
  name: string;
  phases: Phase[];
  spans: Span[];
  /** When it is looked at what people read; undefined: never. */
  readAtMs?: number;
  /** Averages follow as the windows fill: a counter isn't helped over a change of level. */
  gradual?: true;
  /** The world is the other one that the recipe knows for the same levels. */
  otherwise?: true;
}

/** What the alert must be at each evaluation from one moment to another. */
export interface Span {
  state: State;
  fromMs: number;
  toMs: number;
  /** One statement about the whole time, of an alert that is silent. */
  asOne?: true;
}

/** What the courses of an alert are made of; durations are ms of the stack's own time. */
export interface Setting {
  calm: number;
  scrapeMs: number;
  evaluationMs: number;
  windowMs: number;
  /** From the first evaluation that sees it until it fires. */
  pendingMs: number;
  follows: 'at-once' | 'ratio' | 'window';
}

/** Evaluations that the world stays quiet before, and firing after. */
const AROUND = 4;

/** Silent for as long as the world stays at a level. @param asOne it is said in one statement */
export function silentCourse(name: string, level: number, setting: Setting, asOne?: true): Course {
  const { windowMs, pendingMs, evaluationMs } = setting;
  const untilMs = seen(windowMs + pendingMs + AROUND * evaluationMs, setting);
  return {
    name,
    phases: [{ level, samples: samples(untilMs, setting) + 1 }],
    spans: [{ state: 'silent', fromMs: 0, toMs: untilMs, ...(asOne ? { asOne } : {}) }],
  };
}

/**
 * From a quiet level to one that fires, and back to calm: pending from the first evaluation on,
 * firing after exactly `for`.
 */
export function firingCourse(name: string, quiet: number, level: number, setting: Setting): Course {
  const { windowMs, pendingMs, evaluationMs, scrapeMs, follows, calm } = setting;
  const around = AROUND * evaluationMs;
  // A window has to be full before its average is exact.
  const quietMs = seen((follows === 'window' ? windowMs : 0) + around, setting);
  // A ratio of rates needs two samples.
  const activeMs = seen(quietMs + (follows === 'ratio' ? scrapeMs : 0), setting);
  const firingMs = activeMs + pendingMs;
  const backMs = firingMs + around;
  const overMs = seen(backMs + (follows === 'at-once' ? 0 : windowMs + scrapeMs), setting);
  const [first, back] = [samples(quietMs, setting), samples(backMs, setting)];
  return {
    name,
    phases: [
      { level: follows === 'ratio' ? undefined : quiet, samples: first },
      { level, samples: back - first },
      { level: calm, samples: samples(overMs + around, setting) - back + 1 },
    ],
    spans: [
      { state: 'silent', fromMs: 0, toMs: activeMs - evaluationMs },
      { state: 'pending', fromMs: activeMs, toMs: firingMs - evaluationMs },
      { state: 'firing', fromMs: firingMs, toMs: backMs - evaluationMs },
      { state: 'silent', fromMs: overMs, toMs: overMs + around },
    ],
    readAtMs: firingMs,
  };
}

/** How much of the way from calm to the limit a window's average goes in a burst. */
const BURST = 0.9;

/**
 * So high for so short that the average over the promised window stays under the limit, and that
 * over half of it, or over the last two samples, doesn't. @returns undefined where no level is high
 * enough
 */
export function burstCourse(limit: number, furthest: number, setting: Setting): Course | undefined {
  const { calm, windowMs, scrapeMs, evaluationMs } = setting;
  // A limit of calm itself is passed by whatever happens at all.
  if (limit === calm) return undefined;
  const rise = BURST * (limit - calm) * windowMs;
  const shortest = Math.max(2 * scrapeMs, evaluationMs);
  const pulse = Math.max(samples(rise / (furthest - calm), setting), samples(shortest, setting));
  const level = calm + rise / (pulse * scrapeMs);
  // The average over half of the window has to be full of it before it ends, and over the limit
  // then.
  if (pulse * scrapeMs > windowMs / 2 + windowMs / 4) return undefined;
  const beforeMs = seen(windowMs + AROUND * evaluationMs, setting);
  const before = samples(beforeMs, setting);
  const endMs = seen(beforeMs + pulse * scrapeMs + windowMs + AROUND * evaluationMs, setting);
  return {
    name: 'in a burst that the window averages out',
    gradual: true,
    phases: [
      { level: calm, samples: before },
      { level, samples: pulse },
      { level: calm, samples: samples(endMs, setting) - before - pulse + 1 },
    ],
    spans: [{ state: 'silent', fromMs: 0, toMs: endMs, asOne: true }],
  };
}

/**
 * What extrapolation and the grid of scrapes may move the end of a surge by, as a share of the
 * window.
 */
const SLACK = 0.06;

/**
 * After a surge the average falls as the window drains, and passes the limit at a computed moment.
 * @returns undefined where the moment can't be told from that of a window twice as long
 */
export function surgeCourse(limit: number, furthest: number, setting: Setting): Course | undefined {
  const { calm, windowMs, scrapeMs, evaluationMs } = setting;
  const wanted = limit === calm ? furthest : calm + 2 * (limit - calm);
  const level = Math.abs(wanted - calm) > Math.abs(furthest - calm) ? furthest : wanted;
  const drainMs = windowMs * (1 - (limit - calm) / (level - calm));
  const slackMs = scrapeMs + evaluationMs + SLACK * windowMs;
  if (drainMs <= slackMs) return undefined;
  const beforeMs = seen(windowMs + AROUND * evaluationMs, setting);
  const backMs = beforeMs + seen(2 * windowMs + AROUND * evaluationMs, setting);
  const [before, back] = [samples(beforeMs, setting), samples(backMs, setting)];
  const grid = (ms: number): number => Math.ceil(ms / evaluationMs) * evaluationMs;
  const overMs = grid(backMs + drainMs + slackMs);
  const endMs = overMs + AROUND * evaluationMs;
  return {
    name: 'when a surge has drained from the window',
    gradual: true,
    phases: [
      { level: calm, samples: before },
      { level, samples: back - before },
      { level: calm, samples: samples(endMs, setting) - back + 1 },
    ],
    spans: [
      { state: 'active', fromMs: grid(backMs), toMs: grid(backMs + drainMs - slackMs) },
      { state: 'silent', fromMs: overMs, toMs: endMs, asOne: true },
    ],
  };
}

function samples(ms: number, { scrapeMs }: Setting): number {
  return Math.ceil(ms / scrapeMs);
}

/** The first evaluation that sees what the scrape at or after this moment brought. */
function seen(ms: number, setting: Setting): number {
  const { scrapeMs, evaluationMs } = setting;
  return Math.ceil((samples(ms, setting) * scrapeMs) / evaluationMs) * evaluationMs;
}

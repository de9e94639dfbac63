import type { LoadPlan, SignalStep, Track } from '../model/plan.ts';
import { SLOW_ANSWER_MS } from '../model/world.ts';
import { spansOf } from './spans.ts';
import type { Timings } from './timings.ts';

/** Requests that a window must hold so that half a per cent of them is more than two: what tells `near` from `over`. */
const REQUESTS_PER_WINDOW = 500;
const LEAST_PER_SECOND = 20;
/** Delay and share of the answers that hold p95 in the bucket just under one second. */
const TAIL_MS = 900;
const TAIL_SHARE = 0.1;
const CAMERAS = 100;
/** So many requests, four in five of them to a camera of its own, show that ids make no series. */
const PROBES: Record<string, number> = { backend: 2_500, streaming: 500, ai: 200 };
/** k6's account by slots of time has at most this many of them. */
const MOST_SLOTS = 16;

export interface LoadInput {
  signals: Record<string, SignalStep[]>;
  tracks: Track[];
  /** Name of the job of each of GT-Vision's own services. */
  services: Partial<Record<'backend' | 'streaming' | 'ai', string>>;
  lengthMs: number;
  timings: Timings;
  /** Whether shares of the requests are held against a limit or a panel; a follower only has to be far over its own. */
  isMeasured: boolean;
  /** When Prometheus is stopped, after T0; undefined when it isn't. */
  lastScrapeMs: number | undefined;
}

/** Two scrapes after the longest answer, everything that was sent is in Prometheus. */
export function scrapedWithinMs({ scrapeMs, undivided }: Timings): number {
  return 2 * scrapeMs + undivided.slowAnswerMs + undivided.allowanceMs;
}

/** When everything that is measured at a service is over: a probe before that would thin out its shares. */
function quietFromMs(tracks: Track[], job: string | undefined): number {
  const own = tracks.filter((track) => track.labels['job'] === job);
  return Math.max(0, ...own.map((track) => track.steps.at(-1)?.endMs ?? 0));
}

/** How long a run has to be so that every service can be probed, and all of it is scraped. */
export function probedWithinMs(
  tracks: Track[],
  services: LoadInput['services'],
  timings: Timings,
): number {
  const quiet = Object.values(services).map((job) => quietFromMs(tracks, job));
  return Math.max(0, ...quiet) + timings.undivided.leastProbeMs + scrapedWithinMs(timings);
}

/**
 * What k6 has to do. The rate is constant, and counts by real seconds; what changes with time is which answer is
 * asked for.
 */
export function loadOf({
  signals,
  tracks,
  services,
  lengthMs,
  timings,
  isMeasured,
  lastScrapeMs,
}: LoadInput): LoadPlan {
  const { secondMs, serviceStartMs, leastSlotMs } = timings.undivided;
  const rate = Math.max(
    LEAST_PER_SECOND,
    isMeasured ? Math.ceil((REQUESTS_PER_WINDOW * secondMs) / timings.windowMs) : 0,
  );
  const quietMs = scrapedWithinMs(timings);
  const endMs = (lastScrapeMs ?? lengthMs) - quietMs;
  const names = Object.keys(services) as (keyof typeof services)[];
  const spans = Object.fromEntries(
    names.map((name) => [
      name,
      spansOf(signals[`component.${services[name] ?? ''}`] ?? [], quietMs, serviceStartMs, endMs),
    ]),
  );
  const probes = Object.fromEntries(
    names.flatMap((name) => {
      const startMs = quietFromMs(tracks, services[name]);
      return startMs + timings.undivided.leastProbeMs <= endMs
        ? [
            [
              name,
              {
                startMs,
                perSecond: Math.ceil(((PROBES[name] ?? 0) * secondMs) / (endMs - startMs)),
              },
            ] as const,
          ]
        : [];
    }),
  );
  return {
    requestsPerSecond: { backend: rate, streaming: LEAST_PER_SECOND, ai: rate },
    lprPerSecond: 5,
    tailMs: TAIL_MS,
    tailShare: TAIL_SHARE,
    slowMs: SLOW_ANSWER_MS,
    speed: 1,
    cameras: CAMERAS,
    signals: Object.fromEntries(
      Object.entries(signals).filter(([name]) => name.startsWith('load.')),
    ),
    spans,
    probes,
    slotMs: Math.max(leastSlotMs, endMs / MOST_SLOTS),
    lengthMs: endMs,
  };
}

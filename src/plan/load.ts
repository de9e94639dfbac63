import { componentSignal, isLoad } from '../lib/plan-names.ts';
import type { Arrivals, LoadPlan } from '../model/load-plan.ts';
import type { SignalStep, Track } from '../model/track.ts';
import { SLOW_ANSWER_MS } from '../model/world.ts';
import { ARRIVALS, CONSTANTS, PROBES } from '../technologies/offered.ts';
import { slotsOfService } from './load-slots.ts';
import { endOf, inactiveAt } from './schedule.ts';
import { spansOf } from './spans.ts';
import type { Timings } from './timings.ts';

/** Delay and share of the answers that hold p95 in the bucket just under one second. */
const TAIL_MS = 900;
const TAIL_SHARE = 0.1;

export interface LoadInput {
  signals: Record<string, SignalStep[]>;
  tracks: Track[];
  /** Name of the job of each service that the load asks. */
  services: Record<string, string>;
  lengthMs: number;
  timings: Timings;
  /**
   * Whether shares of the requests are held against a limit or a panel; a follower only has to be
   * far over its own.
   */
  isMeasured: boolean;
  /** The widest window of the panels that are held against slots of what k6 did. */
  panelWindowMs: number;
  /** When Prometheus is stopped, after T0; undefined when it isn't. */
  lastScrapeMs: number | undefined;
}

/** Two scrapes after the longest answer, everything that was sent is in Prometheus. */
export function scrapedWithinMs({ scrapeMs, undivided }: Timings): number {
  return 2 * scrapeMs + undivided.slowAnswerMs + undivided.allowanceMs;
}

/** The streams of requests to the services of a stack. */
function arrivalsAt(
  services: LoadInput['services'],
  { windowMs, undivided: { secondMs } }: Timings,
  isMeasured: boolean,
): Record<string, Arrivals> {
  const windows = isMeasured ? secondMs / windowMs : 0;
  return Object.fromEntries(
    Object.entries(ARRIVALS).flatMap(([name, { title, service, perSecond, perWindow = 0 }]) =>
      services[service] === undefined
        ? []
        : [
            [
              name,
              {
                title,
                service,
                perSecond: Math.max(perSecond, Math.ceil(perWindow * windows)),
              },
            ],
          ],
    ),
  );
}

/**
 * When everything that is measured at a service is over: a probe before that would thin out its
 * shares. That the end of its last alert has still to be told plays no part.
 */
function quietFromMs(tracks: Track[], job: string | undefined, timings: Timings): number {
  const own = tracks.filter((track) => track.labels['job'] === job);
  return Math.max(0, ...own.map((track) => measuredUntil(track, timings)));
}

/** Until when a track keeps its world, where its service is probed after it. */
export function probedUntil(track: Track, timings: Timings): number {
  return Math.max(endOf(track), measuredUntil(track, timings) + probingMs(timings));
}

function measuredUntil(track: Track, timings: Timings): number {
  const phase = track.steps.at(-1)?.phase;
  return phase === 'recovery' || phase === 'return' ? inactiveAt(timings, track) : endOf(track);
}

/** How long a run has to be so that every service can be probed, and all of it is scraped. */
export function probedWithinMs(
  tracks: Track[],
  services: LoadInput['services'],
  timings: Timings,
): number {
  const quiet = Object.values(services).map((job) => quietFromMs(tracks, job, timings));
  return Math.max(0, ...quiet) + probingMs(timings);
}

/**
 * How long a run has to be so that the load goes on until after the blips of lives that end with
 * one, and all of it is scraped.
 */
export function blipsWithinMs(tracks: Track[], timings: Timings): number {
  const ends = tracks.flatMap(({ alert, signal, steps }) => {
    const last = steps.at(-1);
    const isBlips = last?.phase === 'rest' && signal !== null && isLoad(signal);
    return isBlips ? last.startMs + (timings.alerts[alert]?.evaluationMs ?? 0) : [];
  });
  return ends.length === 0 ? 0 : Math.max(...ends) + scrapedWithinMs(timings);
}

/** How long a service is probed at least, until all of it is scraped. */
function probingMs(timings: Timings): number {
  return timings.undivided.leastProbeMs + scrapedWithinMs(timings);
}

/**
 * What k6 has to do. The rate is constant, and counts by real seconds; what changes with time is
 * which answer is asked for.
 */
export function loadOf({
  signals,
  tracks,
  services,
  lengthMs,
  timings,
  isMeasured,
  panelWindowMs,
  lastScrapeMs,
}: LoadInput): LoadPlan {
  const { secondMs, serviceStartMs } = timings.undivided;
  const quietMs = scrapedWithinMs(timings);
  const endMs = (lastScrapeMs ?? lengthMs) - quietMs;
  const names = Object.keys(services);
  const spans = Object.fromEntries(
    names.map((name) => [
      name,
      spansOf(signals[componentSignal(services[name] ?? '')] ?? [], quietMs, serviceStartMs, endMs),
    ]),
  );
  const probes = Object.fromEntries(
    names.flatMap((name) => {
      const startMs = quietFromMs(tracks, services[name], timings);
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
  const changes = { signals, probes, panelWindowMs, lengthMs: endMs };
  return {
    arrivals: arrivalsAt(services, timings, isMeasured),
    tailMs: TAIL_MS,
    tailShare: TAIL_SHARE,
    slowMs: SLOW_ANSWER_MS,
    speed: 1,
    constants: CONSTANTS,
    signals: Object.fromEntries(Object.entries(signals).filter(([name]) => isLoad(name))),
    spans,
    probes,
    slots: Object.fromEntries(
      Object.entries(services).map(([service, job]) => [
        service,
        slotsOfService(service, job, changes, timings.undivided),
      ]),
    ),
    lengthMs: endMs,
  };
}

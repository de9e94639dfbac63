import type { Disposal } from '../lib/disposal.ts';
import type { Logins } from '../model/containers.ts';
import type { K6Evidence } from '../model/k6-evidence.ts';
import type { TruthSeries } from '../model/truth-series.ts';
import type { Plan } from '../model/plan.ts';
import type { ProcessComponent } from '../runtimes/runtime.ts';
import type { Actor, Outage } from './actor.ts';
import type { Truth } from './truth.ts';

/**
 * What of a technology runs or acts on a running world: the counterpart of {@link Technology}, in
 * the folder's `run.ts`.
 */
export interface RunningTechnology {
  /** How each of its components is started as a process, by the component's name. */
  processes: Record<string, (place: Place, at: Scraped) => Process>;
  /** What isn't scraped itself but has to be there behind its components. */
  backing?: (place: Place) => ProcessComponent[];
  /**
   * What has to be there before its components start. Called when the plan has one of its
   * components.
   */
  before?: (world: ActingWorld) => Promise<Acting>;
  /** Who acts when its components answer. Called when the plan has one of its components. */
  acting?: (world: ActingWorld) => Promise<Acting>;
  /**
   * Fills a real program that runs beside its stand-in, where its login is known.
   * @returns what is known of it from then on
   * @throws Error when it doesn't take what it is given
   */
  fill?: (at: OriginalAt, signal: AbortSignal) => Promise<Truth[]>;
  /** What the load made true, by its own account of what it did. */
  loadTruths?: (plan: Plan, t0: number, k6: K6Evidence) => TruthSeries[];
}

/** Who acts on each of a technology's signals, and what is known by others than the actors. */
export interface Acting {
  actors?: Record<string, Actor>;
  truths?: Truth[];
  /** Components of which the process goes on while they are stopped; others end with theirs. */
  outages?: Outage[];
}

/** Where a real program is that runs beside its stand-in. */
export interface OriginalAt {
  /** `http://real-storage:9000` */
  base: string;
  logins: Logins;
}

/** What components have to know of the run that they are started for. */
export interface PlaceOf extends Pick<Plan, 'jobs' | 'speed' | 'prometheusFlags'> {
  /** In which of these a metric is mentioned that a component could leave out, else. */
  files: unknown;
  metrics: { name: string }[];
  panels: unknown;
}

/** Where a run keeps things, and what it runs. */
export interface Place {
  plan: PlaceOf;
  runDir: string;
  projectDir: string;
  /** Loopback address of each name. */
  addresses: Record<string, string>;
}

/** A scraped component's own address. */
export interface Scraped {
  /** Its job. */
  name: string;
  ip: string;
  port: number;
  /** `ip:port` */
  listen: string;
}

/** A component's process; it is ready when it answers a scrape, unless it says otherwise. */
export type Process = Pick<ProcessComponent, 'command' | 'args'> & Partial<ProcessComponent>;

/** The world that actors act upon. */
export interface ActingWorld extends Place {
  /** The jobs of the technology's components. */
  jobs: Plan['jobs'];
  /**
   * Where components are containers, a login may be needed; processes in the run's own network need
   * none.
   */
  logins: Logins;
  inContainers: boolean;
  /** What is used is disposed of with the world. */
  disposal: Disposal;
}

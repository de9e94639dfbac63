import type { Stimulus } from '../model/contract.ts';
import type { ContainerPlan, SecretLogin } from '../model/containers.ts';
import type { Plan } from '../model/plan.ts';
import type { SignalName } from '../model/track.ts';
import type { ContainerChanges, ImageRecipe, Packages, StandIn } from './packaging.ts';
import type { Moment } from './day.ts';
import type { GroundTruth } from './ground-truth.ts';
import type { OfferedCapacity, OfferedLoad } from './load.ts';
import type { RequestMetrics } from './request-metrics.ts';
import type { RunningTechnology } from './running.ts';
import type { Recipe } from './recipe.ts';

/**
 * Everything that is known of one kind of component, as data and pure functions: the plan, the
 * verdicts and `check` read it without starting anything. What acts on a running world stands
 * beside it, in the folder's `run.ts`.
 */
export interface Technology {
  /** The name of its folder, and the first word of its resources. */
  name: string;
  /** What a job of the contract may name as its `component`. */
  components: ComponentKind[];
  /**
   * The component that can stand behind a job of any stack, with nothing of this project's; a
   * contract asks for it by the technology's name.
   */
  forAnyStack?: string;
  /**
   * What starts it and acts on it; loaded by a run alone, so that no stage that is pure loads a
   * driver.
   */
  run?: () => Promise<{ running: RunningTechnology }>;
  /** What can be done to it. */
  stimuli: StimulusKind[];
  /** What is known of it from outside of the stack. */
  groundTruth?: GroundTruth[];
  /** Where its programs come from. */
  packages?: Packages;
  /** Images that can be made of its packages where no registry can be reached. */
  images?: ImageRecipe[];
  /** Programs for which something else stands in. */
  standIns?: StandIn[];
  /**
   * What a run in containers changes about a service of the compose file, by its component or,
   * where no job scrapes it, its name.
   */
  inContainer?: Record<string, (plan: Plan) => ContainerChanges>;
  /**
   * Which secret of its containers is the password of the run's clients; undefined where none is
   * needed.
   */
  loginIn?: (containers: ContainerPlan[], plan: Plan) => SecretLogin | undefined;
  /** How its services tell of the requests that they answer. */
  requests?: RequestMetrics;
  /** What the load does at its services all the time. */
  load?: OfferedLoad;
  /** In which dimensions of its own a load can grow. */
  capacity?: OfferedCapacity;
  /**
   * The levels of its signals at a moment of an ordinary day, each well on the quiet side of its
   * limit; of a stack that is kept up.
   */
  day?: (moment: Moment) => Record<SignalName, number>;
}

/** Something that the harness can run behind a target. */
export interface ComponentKind {
  /** As the contract names it: `redis-exporter`. */
  name: string;
  /** Host names of what stands behind it without being scraped itself. */
  behind?: string[];
  /** Set for a service whose requests stimuli may be about: what their `service` calls it. */
  service?: string;
  /**
   * From its start until it answers a scrape, ms; not divided by the speed. Measured on 2 cores,
   * with room.
   */
  startMs?: number;
}

/** One thing that can be done to the world to make an alert happen, a level after the other. */
export interface StimulusKind {
  /** As the contract names it: `redis-hits`. */
  kind: string;
  /** What a level of it is, or what is done where there are no levels. */
  meaning: string;
  /** What a level may be; null where there is none to set. */
  level: Level | null;
  /** Whether it has to be told which service's requests it is about. */
  needsService?: true;
  /**
   * The service that gets other requests, or more of them, while a level lasts; of one that {@link
   * needsService} that one.
   */
  asks?: string;
  /**
   * The signal that it moves; null when it moves one for each job, or none. One with levels and
   * without a signal isn't done in a run: what its alert does is proved in virtual time alone.
   */
  signal: (stimulus: Stimulus) => SignalName | null;
  /**
   * The component whose outage does the same by itself: what watches it may then be active by
   * right.
   */
  comesWithOutageOf?: string;
  /**
   * The parts of components that it sets; none when nothing is set, or (an outage) all of each
   * component.
   */
  occupies: (stimulus: Stimulus) => Part[];
  /** Longest time until what is done shows in the component's metrics, run ms; 0 when absent. */
  responseMs?: (speed: number) => number;
  /**
   * What a scrape of the world shows at a level; for unit tests of rules. None where nothing has to
   * be done.
   */
  recipe?: Recipe;
}

/** What a level may be. Its limits are also the furthest that a surge can go. */
export interface Level {
  min: number;
  max: number;
  integer?: true;
  /** What it is when nothing moves it, where an actor has to know that. */
  idle?: number;
}

/** A part of a component that only one stimulus can set at a time. */
export interface Part {
  component: string;
  /** `keyspace`, `cpu` */
  part: string;
}

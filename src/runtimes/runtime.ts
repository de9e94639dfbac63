/** Something that runs in the world: what it is called, and how one knows that it answers. */
export interface Component {
  name: string;
  /** Resolves when the component answers; throws while it doesn't. */
  ready: () => Promise<void>;
  readyWithinMs: number;
}

/** A component that is a process: how to start it. */
export interface ProcessComponent extends Component {
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** Done once before the first start (a database's initialisation). */
  prepare?: () => Promise<void>;
  /**
   * Niceness when it is started again in the middle of a run: what keeps time goes before what has
   * time.
   */
  niceness?: number;
}

/** What a command in a component's surroundings did. */
export interface Executed {
  /** Its exit code; -1 when it didn't end in time. */
  code: number;
  /** Everything that it wrote. */
  output: string;
}

/**
 * Where a stack's components run, each known by its name: as processes, as containers, or as
 * somebody else's whom one asks. Whichever dies without being told to is reported to whoever made
 * the runtime. A name that nobody has is an Error.
 */
export interface Runtime {
  /** All of them, in the order in which they are best started. */
  readonly names: string[];
  /**
   * Starts a component and waits until it answers, as far as that can be told. Throws HarnessError
   * when it doesn't in time; the signal's reason when aborted.
   */
  start: (name: string, signal: AbortSignal) => Promise<void>;
  /**
   * Stops it where it stands; its sockets stay open and answer nothing. Resolves when all of it
   * stands.
   */
  freeze: (name: string, signal: AbortSignal) => Promise<void>;
  /** Lets a frozen component go on. Resolves to false when it did so already: somebody let it. */
  thaw: (name: string) => Promise<boolean>;
  /**
   * Ends a component at once, as a crash would. Resolves when it's gone; does nothing when it isn't
   * running.
   */
  stop: (name: string) => Promise<void>;
  /** Stops everything, side by side. */
  stopAll: () => Promise<void>;
  /** Runs a command where the component runs. */
  exec: (
    name: string,
    command: string[],
    timeoutMs: number,
    signal: AbortSignal,
  ) => Promise<Executed>;
  /** Everything that the component has written so far; empty when it was never started. */
  logs: (name: string) => Promise<string>;
  /**
   * Takes a folder of the component's into the run's; it may be gone from where it was.
   * @param path absolute, as the component sees it
   * @param to relative to the run's folder
   */
  takeOut: (name: string, path: string, to: string, signal: AbortSignal) => Promise<void>;
  /** Address of a name of the stack, on the network that the components have in common. */
  address: (host: string) => string;
}

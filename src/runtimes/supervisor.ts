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
  /** Niceness when it is started again in the middle of a run: what keeps time goes before what has time. */
  niceness?: number;
}

/**
 * Starts, freezes, stops and restarts the components that it was made for, by their names. Whichever dies without being
 * told to is reported to whoever made the supervisor.
 */
export interface Supervisor {
  /** All of them, in the order in which they are best started. */
  readonly names: string[];
  /** Starts a component and waits until it answers. Throws HarnessError when it doesn't in time; the signal's reason when aborted. */
  start: (name: string, signal: AbortSignal) => Promise<void>;
  /** Stops it where it stands; its sockets stay open and answer nothing. Resolves when all of it stands. */
  freeze: (name: string, signal: AbortSignal) => Promise<void>;
  /** Lets a frozen component go on. */
  thaw: (name: string) => Promise<void>;
  /** Ends a component at once, as a crash would. Resolves when it's gone; does nothing when it isn't running. */
  stop: (name: string) => Promise<void>;
  /** Stops everything, side by side. */
  stopAll: () => Promise<void>;
}

/** What is drawn for one disturbance: the same each time for the same number of the run. */
export interface Draw {
  /** After the run's start, ms. */
  afterMs: number;
  /** Numbers from 0 to 1 for whatever else it chooses: a component, a file. */
  random: () => number;
}

/** A run that is to be disturbed, before it is started. */
export interface Ground {
  /** A folder that the disturbance may write to. */
  dir: string;
  draw: Draw;
  signal: AbortSignal;
}

/** What was made ready for a run, and what is done to it. */
export interface Prepared extends AsyncDisposable {
  /** Where its runs are kept, absolute; undefined: a folder of its own on the usual disk. */
  runs?: string;
  /** Variables of its environment. */
  env?: Record<string, string>;
  /** What was done before it was started; it isn't disturbed any further then. */
  done?: string;
  /**
   * Disturbs it, at the drawn moment.
   * @param pid of the run
   * @returns what was hit; null: nobody was there any more, or yet
   */
  strike?: (pid: number) => Promise<string | null>;
  /** After the run's end, before what it recorded is judged again. */
  relieve?: () => Promise<void>;
}

/** How a disturbed run ended. */
export interface Ending {
  /** null: by a signal. */
  exitCode: number | null;
  /** All that it said. */
  output: string;
}

/** Something that happens to a run, and what has to follow. */
export interface Disturbance {
  /** In words. */
  meaning: string;
  /** Only done where it is asked for by its name: others than the run notice it. */
  byNameOnly?: true;
  /** The run's own process is killed: it can't say anything, nor keep what it recorded. */
  endsHarness?: true;
  prepare: (ground: Ground) => Promise<Prepared>;
  /** Whether the exit code is right, and the words say what was done. */
  isTold: (ending: Ending) => boolean;
}

/** Nothing has to be put back. */
export const nothingToUndo: AsyncDisposable = {
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

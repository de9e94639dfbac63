import type { Truth } from './truth.ts';

/** How a component is stopped and started again while its process goes on. */
export interface Outage {
  /** Whose job it is. */
  job: string;
  /** Resolves when it answers nobody any more. */
  stop: () => Promise<void>;
  /** Resolves when it answers again. */
  start: () => Promise<void>;
}

/** Something in the world that can be set to a level, and that knows what it did. */
export interface Actor {
  /** Brings it to this level. Resolves when it is there. */
  set: (level: number) => Promise<void> | void;
  /** The job whose restart makes it forget … */
  job?: string;
  /** … and what brings it back to the level that it had. */
  again?: () => Promise<void>;
  truths: Truth[];
}

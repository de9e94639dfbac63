import type { Truth } from './truth.ts';

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

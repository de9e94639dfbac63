/** One series of a world at some level: a gauge's value, or a counter's growth per second. */
export interface Ingredient {
  metric: string;
  labels?: Record<string, string>;
  counter?: true;
  /**
   * Each instance of the job tells of all of them together, as the nodes of a cluster may: none has
   * a part of the value.
   */
  whole?: true;
  /**
   * It stands beside what is provoked and has nothing to do with it: its labels are always its own.
   */
  bystander?: true;
  at: (level: number) => number;
  /** Whether it is there at all at a level; it always is unless this says otherwise. */
  isThere?: (level: number) => boolean;
}

export interface Recipe {
  /**
   * How the expression follows the level: at once (a gauge), from the second sample on (a ratio of
   * rates), or as its window fills (a rate by itself).
   */
  follows: 'at-once' | 'ratio' | 'window';
  series: Ingredient[];
  /** Another world that the same levels may stand for, and in which the same is promised. */
  otherwise?: Ingredient[];
}
